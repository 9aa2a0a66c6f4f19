"""A Chromium without a window, spoken to in its DevTools protocol over a pipe."""

import base64
import json
import shutil
import subprocess


def find():
    """The browser's command, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Chromium:
    """One browser with one page. Every method waits for the browser's answer, never for time to pass."""

    def __init__(self, profile):
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                 "--disable-extensions", "--disable-background-networking", f"--user-data-dir={profile}",
                 "--remote-debugging-pipe", "about:blank"]
        # The browser reads messages from descriptor 3 and writes them to 4, each with a NUL at its end.
        self.process = subprocess.Popen(["sh", "-c", 'exec "$@" 3<&0 4>&1 >&2', "sh", find(), *flags],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.rest = b""
        self.asked = 0
        self.session = None
        self.complaints = []
        self.loaded = set()
        page = self.call("Target.createTarget", url="about:blank")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    def _receive(self):
        while b"\0" not in self.rest:
            got = self.process.stdout.read1(1 << 16)
            if not got:
                raise RuntimeError("the browser has ended")
            self.rest += got
        message, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(message)
        if message.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled",
                                     "Page.javascriptDialogOpening"):
            self.complaints.append(message)
        if message.get("method") == "Page.lifecycleEvent" and message["params"]["name"] == "load":
            self.loaded.add(message["params"]["loaderId"])
        return message

    def call(self, method, **parameters):
        """The result of one command."""
        self.asked += 1
        message = {"id": self.asked, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.process.stdin.write(json.dumps(message).encode() + b"\0")
        self.process.stdin.flush()
        while True:
            answer = self._receive()
            if answer.get("id") == self.asked:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def open(self, url):
        """Loads a page; afterwards `complaints` holds what its console says of it."""
        self.complaints = []
        loader = self.call("Page.navigate", url=url)["loaderId"]
        while loader not in self.loaded:
            self._receive()

    def width(self, pixels, height=900):
        """The page is shown in a window of that width."""
        self.call("Emulation.setDeviceMetricsOverride", width=pixels, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, kind="", scheme="light"):
        """As on paper ("print") or on a screen that prefers a scheme of colours."""
        self.call("Emulation.setEmulatedMedia", media=kind, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def ask(self, expression):
        """The value of an expression of JavaScript, which is the test's and not the page's."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def screenshot(self, path):
        """The whole page as a PNG."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def paper(self, path):
        """The page as a PDF."""
        path.write_bytes(base64.b64decode(self.call("Page.printToPDF", printBackground=True)["data"]))

    def close(self):
        """Ends the browser."""
        self.session = None
        self.call("Browser.close")
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
