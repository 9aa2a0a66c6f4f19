"""Real clients with the reference HTTP server of lab 17: curl, wget, and a Chromium that loads a page with pictures."""

import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

PROJECT = pathlib.Path(os.environ["PROJECT"])
PICTURES = 12
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>pictures</title><link rel="stylesheet" href="style.css"></head>
<body>{pictures}<p id="time"></p><script src="main.js"></script></body></html>
"""
SCRIPT = """
window.addEventListener("load", async () => {
  const widths = [...document.images].map((image) => image.naturalWidth);
  const time = await (await fetch("/time")).text();
  const hello = await (await fetch("/hello?name=J%C3%BCrgen+K.")).text();
  const color = getComputedStyle(document.body).color;
  document.getElementById("time").textContent = [time, hello, color, ...widths].join("|");
});
"""


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(width):
    """A PNG of that width, and of one row."""
    header = struct.pack(">IIBBBBB", width, 1, 8, 2, 0, 0, 0)
    row = b"\0" + os.urandom(3 * width)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row)) + chunk(b"IEND", b"")


class Server:
    """The reference, serving a folder of its own on a port that the kernel has chosen."""

    def __init__(self, scratch):
        self.site = pathlib.Path(scratch, "site")
        self.site.mkdir()
        program = pathlib.Path(scratch, "http_server")
        source = PROJECT / "reference/lab17-http/http_server.cpp"
        subprocess.run(["c++", "-std=c++20", "-pthread", "-o", program, source], check=True)
        command = [program, "127.0.0.1", "0", self.site]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.url = "http://127.0.0.1:" + self.process.stdout.readline().rsplit(":", 1)[1].strip()

    def stop(self):
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait()


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.server = Server(cls.scratch.name)
        site = cls.server.site
        names = [f"{width}.png" for width in range(1, PICTURES + 1)]
        for width, name in enumerate(names, 1):
            (site / name).write_bytes(picture(width))
        (site / "index.html").write_text(PAGE.format(pictures="".join(f'<img src="{name}" alt="">' for name in names)))
        (site / "style.css").write_text("body { color: rgb(1, 2, 3); }")
        (site / "main.js").write_text(SCRIPT)
        (site / "large.bin").write_bytes(os.urandom(1 << 20) * 40)

    @classmethod
    def tearDownClass(cls):
        status = cls.server.stop()
        cls.scratch.cleanup()
        assert status == 0, f"the server ended with {status}"

    def run_client(self, *command):
        client = shutil.which(command[0])
        if client is None:
            self.skipTest(f"{command[0]} is not installed")
        done = subprocess.run(command, capture_output=True, check=False, cwd=self.scratch.name)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors="replace"))
        return done.stdout

    def test_curl_fetches_several_files_over_one_connection(self):
        urls = [f"{self.server.url}/{name}" for name in ("large.bin", "style.css", "1.png")]
        told = self.run_client("curl", "-sS", "--fail", "-w", "%{num_connects} ", *(w for url in urls for w in ("-o", "got", url)))
        self.assertEqual(told, b"1 0 0 ")
        self.assertEqual(pathlib.Path(self.scratch.name, "got").read_bytes(), (self.server.site / "1.png").read_bytes())

    def test_curl_asks_for_headers(self):
        told = self.run_client("curl", "-sSI", f"{self.server.url}/large.bin").decode()
        self.assertRegex(told, f"(?mi)^content-length: {40 << 20}\r$")

    def test_curl_is_refused_a_large_upload_and_goes_on(self):
        large = str(self.server.site / "large.bin")
        told = self.run_client("curl", "-sS", "-o", os.devnull, "-w", "%{http_code} ", "--data-binary", f"@{large}",
                               f"{self.server.url}/", "--next", "-sS", "-o", os.devnull, "-w", "%{http_code}",
                               f"{self.server.url}/")
        self.assertRegex(told.decode(), "^(405|413) 200$")

    def test_wget_mirrors_the_page(self):
        self.run_client("wget", "-q", "--page-requisites", "-P", "mirror", "-nH", f"{self.server.url}/")
        for name in ("index.html", "style.css", "main.js", *(f"{width}.png" for width in range(1, PICTURES + 1))):
            got = pathlib.Path(self.scratch.name, "mirror", name)
            self.assertEqual(got.read_bytes(), (self.server.site / name).read_bytes(), name)

    def test_chromium_loads_a_page_with_pictures_a_script_and_data(self):
        profile = pathlib.Path(self.scratch.name, "profile")
        page = self.run_client("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                               "--no-first-run", f"--user-data-dir={profile}", "--virtual-time-budget=20000", "--dump-dom",
                               f"{self.server.url}/").decode()
        found = re.search(r'<p id="time">([^<]*)</p>', page)
        self.assertIsNotNone(found, page)
        time, hello, color, *widths = found[1].split("|")
        self.assertRegex(time, r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
        self.assertEqual(hello, "Hello, Jürgen K.!")
        self.assertEqual(color, "rgb(1, 2, 3)")
        self.assertEqual(widths, [str(width) for width in range(1, PICTURES + 1)])


if __name__ == "__main__":
    unittest.main()
