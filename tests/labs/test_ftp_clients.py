"""The FTP clients that people use, with the reference of lab 13: curl, lftp, wget and Python's ftplib."""

import ftplib
import io
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

REFERENCE = pathlib.Path(os.environ["PROJECT"]) / "reference" / "lab13-ftp"
PATIENCE = 120  # seconds, the last resort


class WithAServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.build = tempfile.TemporaryDirectory()
        cls.program = pathlib.Path(cls.build.name, "ftp_server")
        source = REFERENCE / "ftp_server.cpp"
        subprocess.run(["g++", "-std=c++20", "-O1", "-pthread", "-o", cls.program, source], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.build.cleanup()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.files = pathlib.Path(folder.name, "files")
        self.here = pathlib.Path(folder.name, "here")
        self.files.mkdir()
        self.here.mkdir()
        numbers = random.Random(13)
        self.content = {
            "notes.txt": b"unix\nwindows\r\nmac\r",
            "empty": b"",
            "large.bin": numbers.randbytes(3_000_001),
        }
        for name, content in self.content.items():
            (self.files / name).write_bytes(content)
        self.server = subprocess.Popen([self.program, "127.0.0.1", "0", self.files], stdout=subprocess.PIPE, text=True)
        self.port = int(self.server.stdout.readline().rsplit(":", 1)[1])
        self.url = f"ftp://127.0.0.1:{self.port}/"

    def tearDown(self):
        self.server.terminate()
        self.assertEqual(self.server.wait(PATIENCE), 0)
        self.server.stdout.close()

    def run_here(self, *command):
        ended = subprocess.run(command, cwd=self.here, capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual(ended.returncode, 0, ended.stderr.decode(errors="replace"))
        return ended.stdout

    def assert_fetched(self):
        for name, content in self.content.items():
            self.assertEqual((self.here / name).read_bytes(), content, name)


class Curl(WithAServer):
    def test_lists_fetches_and_stores(self):
        names = self.run_here("curl", "-sS", "--list-only", self.url).decode().splitlines()
        self.assertEqual(sorted(names), sorted(self.content))
        self.assertIn(b" 3000001 ", self.run_here("curl", "-sS", self.url))
        self.run_here("curl", "-sS", "--remote-name-all", *[self.url + name for name in self.content])
        self.assert_fetched()
        self.run_here("curl", "-sS", "-T", "large.bin", self.url + "stored.bin")
        self.assertEqual((self.files / "stored.bin").read_bytes(), self.content["large.bin"])

    def test_in_text_mode_fetches_lines_as_they_are(self):
        (self.files / "lines").write_bytes(b"one\ntwo\n")  # curl itself would change CRLF then
        self.assertEqual(self.run_here("curl", "-sS", "--use-ascii", self.url + "lines"), b"one\ntwo\n")

    def test_many_at_once(self):
        wanted = [word for i in range(30) for word in ("-o", f"copy{i}", self.url + "large.bin")]
        self.run_here("curl", "-sS", "--parallel", "--parallel-max", "30", *wanted)
        for i in range(30):
            self.assertEqual((self.here / f"copy{i}").read_bytes(), self.content["large.bin"])

    def test_is_told_what_is_not_there(self):
        ended = subprocess.run(["curl", "-sS", self.url + "nothing"], capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual(ended.returncode, 78)  # CURLE_REMOTE_FILE_NOT_FOUND


class Wget(WithAServer):
    def test_fetches(self):
        self.run_here("wget", "-q", *[self.url + name for name in self.content])
        self.assert_fetched()


class Lftp(WithAServer):
    def test_lists_fetches_and_stores(self):
        script = "set net:max-retries 1; open {}; user ftp x; cls -1; mget *; put large.bin -o again.bin; bye"
        listed = self.run_here("lftp", "-f", self.script(script.format(self.url)))
        self.assertEqual(sorted(listed.decode().split()), sorted(self.content))
        self.assert_fetched()
        self.assertEqual((self.files / "again.bin").read_bytes(), self.content["large.bin"])

    def script(self, commands):
        path = self.here.parent / "script"
        path.write_text(commands.replace("; ", "\n") + "\n", encoding="utf-8")
        return path


class Ftplib(WithAServer):
    def test_lists_fetches_and_stores(self):
        with ftplib.FTP() as client:
            client.connect("127.0.0.1", self.port, timeout=PATIENCE)
            client.login()
            self.assertEqual(sorted(client.nlst()), sorted(self.content))
            self.assertEqual(client.size("large.bin"), 3_000_001)
            for name in self.content:
                with open(self.here / name, "wb") as file:
                    client.retrbinary("RETR " + name, file.write)
            client.storbinary("STOR new", io.BytesIO(b"new"))
            with self.assertRaisesRegex(ftplib.error_perm, "^550"):
                client.retrbinary("RETR ../notes.txt", lambda block: None)
        self.assert_fetched()
        self.assertEqual((self.files / "new").read_bytes(), b"new")


if __name__ == "__main__":
    unittest.main()
