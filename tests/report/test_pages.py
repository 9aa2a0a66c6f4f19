"""The HTML reports in a real Chromium: one browser, and no clock."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import chromium

PAGES = ("student.html", "full.html", "build.html", "fault.html", "hostile.html", "class.html")
PHONE = 390
DESK = 1280

# Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3), as "text: ratio".
PALE = """(() => {
  const channel = (value) => (value /= 255, value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const parse = (color) => (color.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const pale = [];
  for (const element of document.body.querySelectorAll("*")) {
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join("");
    if (!text || ["title", "desc"].includes(element.localName)) continue;
    const style = getComputedStyle(element);
    const ink = luminance(parse(element.localName === "text" ? style.fill : style.color));
    const paper = luminance(behind(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) pale.push(text.slice(0, 40) + ": " + ratio.toFixed(2));
  }
  return pale;
})()"""

# Injected by the test as a page's script would be; the page's policy must refuse it.
INJECT = """(() => {
  const script = document.createElement("script");
  script.textContent = "window.injected = 1";
  document.body.append(script);
  return window.injected === undefined;
})()"""


@unittest.skipUnless(chromium.find(), "chromium is not installed")
class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # the browser's last writes may come meanwhile
        cls.folder = pathlib.Path(cls.scratch.name, "pages")
        cls.folder.mkdir()
        subprocess.run([os.environ["WRITE_SAMPLES"], cls.folder], check=True)
        cls.browser = chromium.Chromium(pathlib.Path(cls.scratch.name, "profile"))

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.scratch.cleanup()

    def each(self):
        """Opens each page in turn."""
        for name in PAGES:
            self.browser.open((self.folder / name).as_uri())
            yield name

    def test_pages_are_well_formed(self):
        if shutil.which("xmllint") is None:
            self.skipTest("xmllint is not installed")
        for name in PAGES:
            subprocess.run(["xmllint", "--noout", "--huge", self.folder / name], check=True)

    def test_pages_load_without_a_complaint_or_a_request(self):
        for name in self.each():
            self.assertEqual(self.browser.complaints, [], name)
            self.assertEqual(self.browser.ask("performance.getEntriesByType('resource').length"), 0, name)

    def test_no_page_is_wider_than_a_phone(self):
        self.browser.width(PHONE)
        for name in self.each():
            self.assertLessEqual(self.browser.ask("document.documentElement.scrollWidth"), PHONE, name)
        self.browser.width(DESK)

    def test_dark_differs_and_both_can_be_read(self):
        for name in self.each():
            papers = []
            for scheme in ("light", "dark"):
                self.browser.media(scheme=scheme)
                papers.append(self.browser.ask("getComputedStyle(document.body).backgroundColor"))
                self.assertEqual(self.browser.ask(PALE), [], (name, scheme))
            self.assertNotEqual(*papers, name)
        self.browser.media()

    def test_what_a_submission_prints_never_runs(self):
        for name in self.each():
            self.assertEqual(self.browser.ask("document.scripts.length"), 0, name)
            self.assertTrue(self.browser.ask("window.hacked === undefined"), name)
            self.assertTrue(self.browser.ask(INJECT), name)

    def test_a_picture_has_a_lane_for_each_process_and_thread(self):
        self.browser.open((self.folder / "student.html").as_uri())
        lanes = "[...document.querySelectorAll('figure.run svg[role=img]')].map((svg) => svg.querySelectorAll('.lane-row').length)"
        self.assertEqual(self.browser.ask(lanes), [3, 5])

    def test_pictures_and_tables_are_told_to_a_screen_reader(self):
        self.browser.open((self.folder / "student.html").as_uri())
        self.browser.call("Accessibility.enable")
        nodes = self.browser.call("Accessibility.getFullAXTree")["nodes"]
        told = [(node.get("role", {}).get("value"), node.get("name", {}).get("value")) for node in nodes]
        self.assertEqual([name for role, name in told if role == "image"],
                         ["The interleaving of the threads", "The processes of the run"])
        self.assertIn(("columnheader", "Verdict"), told)
        self.assertEqual([role for role, _ in told].count("main"), 1)

    def test_the_heads_of_the_table_stay(self):
        self.browser.open((self.folder / "class.html").as_uri())
        stay = "['thead th', 'tbody th'].map((cell) => getComputedStyle(document.querySelector('.matrix ' + cell)).position)"
        self.assertEqual(self.browser.ask(stay), ["sticky", "sticky"])

    def test_on_paper_nothing_is_cut_off(self):
        self.browser.media("print")
        for name in self.each():
            cut = "[...document.querySelectorAll('.pan')].filter((pan) => getComputedStyle(pan).overflowX !== 'visible').length"
            self.assertEqual(self.browser.ask(cut), 0, name)
        self.browser.media()


if __name__ == "__main__":
    unittest.main()
