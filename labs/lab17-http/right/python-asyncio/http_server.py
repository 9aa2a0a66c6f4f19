"""An HTTP server with asyncio: one coroutine per client."""

import asyncio
import contextlib
import pathlib
import signal
import sys
import time
import urllib.parse

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
REASONS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Payload Too Large",
    414: "URI Too Long",
    431: "Request Header Fields Too Large",
    501: "Not Implemented",
    505: "HTTP Version Not Supported",
}
MOST_LINE = 60_000
MOST_HEAD = 120_000
MOST_BODY = 16 * 1024 * 1024


class Refused(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


def decode(text):
    parts = text.split("%")
    for part in parts[1:]:
        if len(part) < 2 or any(digit not in "0123456789abcdefABCDEF" for digit in part[:2]) or part[:2] == "00":
            raise Refused(400)
    return urllib.parse.unquote_to_bytes(text.encode("latin-1"))


class Request:
    def __init__(self, head):
        line, *lines = head.replace("\r\n", "\n").split("\n")
        words = line.split(" ")
        if len(words) != 3:
            raise Refused(400)
        self.method, target, version = words
        self.headers = {}
        for header in filter(None, lines):
            name, colon, value = header.partition(":")
            if not colon or not name or name != name.strip():
                raise Refused(400)
            self.headers.setdefault(name.lower(), []).append(value.strip())
        self.check(version)
        path, _, query = target.partition("?")
        if not path.startswith("/"):
            raise Refused(400)
        self.path = decode(path)
        pairs = [pair.partition("=") for pair in query.replace("+", " ").split("&")]
        self.query = {decode(name): decode(value) for name, _, value in pairs}

    def check(self, version):
        if not version.startswith("HTTP/") or version.count(".") != 1:
            raise Refused(400)
        major, _, minor = version[5:].partition(".")
        if not (major.isdigit() and minor.isdigit()):
            raise Refused(400)
        if major != "1":
            raise Refused(505)
        hosts = len(self.headers.get("host", []))
        if hosts > 1 or (minor != "0" and hosts == 0):
            raise Refused(400)
        if "transfer-encoding" in self.headers:
            raise Refused(501)
        lengths = set(self.headers.get("content-length", ["0"]))
        if len(lengths) > 1 or not all(length.isascii() and length.isdigit() for length in lengths):
            raise Refused(400)
        text = lengths.pop().lstrip("0") or "0"
        if len(text) > 9 or int(text) > MOST_BODY:
            raise Refused(413)
        self.length = int(text)
        asked = ",".join(self.headers.get("connection", [])).lower().replace(" ", "").split(",")
        self.keep_alive = "close" not in asked and (minor != "0" or "keep-alive" in asked)


class HTTPServer:
    def __init__(self, host, port, folder):
        self.host, self.port = host, port
        self.root = pathlib.Path(folder).resolve(strict=True)
        if not self.root.is_dir():
            raise NotADirectoryError(20, "Not a directory", folder)
        self.handlers = {}

    def handle(self, path, handler):
        self.handlers[path] = handler

    def serve_forever(self):
        asyncio.run(self.serve())

    async def serve(self):
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        server = await asyncio.start_server(self.client, self.host, self.port, backlog=512)
        print(f"listening on {self.host}:{server.sockets[0].getsockname()[1]}", flush=True)
        await ended.wait()
        server.close()

    async def client(self, reader, writer):
        with contextlib.suppress(ConnectionError, asyncio.CancelledError, TimeoutError):
            if not await self.requests(reader, writer):
                writer.write_eof()
                while await reader.read(65536):
                    pass
        with contextlib.suppress(ConnectionError, asyncio.CancelledError, TimeoutError):
            writer.close()

    async def requests(self, reader, writer):
        """Whether the client ended it."""
        buffer = bytearray()
        while True:
            end = -1
            while end < 0:
                try:
                    end = self.end_of_head(buffer)
                except Refused as refused:
                    await self.send_error(writer, refused.status)
                    return False
                if end < 0:
                    received = await reader.read(65536)
                    if not received:
                        return True
                    buffer += received
            head = bytes(buffer[:end]).decode("latin-1")
            del buffer[: end + 4]
            try:
                request = Request(head)
            except Refused as refused:
                await self.send_error(writer, refused.status)
                return False
            while len(buffer) < request.length:
                received = await reader.read(65536)
                if not received:
                    return True
                request.length -= len(buffer)
                buffer = bytearray(received)
            del buffer[: request.length]
            await self.answer(writer, request)
            if not request.keep_alive:
                return False

    @staticmethod
    def end_of_head(buffer):
        while buffer.startswith(b"\r\n"):
            del buffer[:2]
        end = buffer.find(b"\r\n\r\n")
        line = buffer.find(b"\r\n")
        if line > MOST_LINE or (line < 0 and len(buffer) > MOST_LINE):
            raise Refused(414)
        if end > MOST_HEAD or (end < 0 and len(buffer) > MOST_HEAD):
            raise Refused(431)
        return end

    async def send_error(self, writer, status, keep_alive=False, head=False):
        body = f"<h1>{status} {REASONS[status]}</h1>\n".encode()
        await self.send(writer, status, "text/html", body, keep_alive, head)

    async def send(self, writer, status, kind, body, keep_alive, head):
        lines = [f"HTTP/1.1 {status} {REASONS[status]}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        if status == 405:
            lines.append("Allow: GET, HEAD")
        if not keep_alive:
            lines.append("Connection: close")
        writer.write("\r\n".join([*lines, "", ""]).encode() + (b"" if head else body))
        await writer.drain()

    async def answer(self, writer, request):
        head = request.method == "HEAD"
        if request.method not in ("GET", "HEAD"):
            return await self.send_error(writer, 405, request.keep_alive)
        file = self.file(request.path)
        if file is not None:
            kind = TYPES.get(file.suffix, "application/octet-stream")
            return await self.send(writer, 200, kind, file.read_bytes(), request.keep_alive, head)
        handler = self.handlers.get(request.path)
        if handler is None:
            return await self.send_error(writer, 404, request.keep_alive, head)
        return await self.send(writer, 200, "text/plain; charset=utf-8", handler(request), request.keep_alive, head)

    def file(self, path):
        name = path.decode("utf-8", "surrogateescape").lstrip("/") or "index.html"
        try:
            found = (self.root / name).resolve(strict=True)
            inside = found.is_relative_to(self.root) and not name.endswith("/")
            return found if inside and found.is_file() else None
        except (OSError, RuntimeError, ValueError):
            return None


def tell_time(_):
    return time.strftime("%Y-%m-%d %H:%M:%S").encode()


def hello(request):
    return b"Hello, " + request.query.get(b"name", b"world") + b"!"


def main(words):
    host, port, folder = words or ["0.0.0.0", "8000", "./static"]
    if not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise ValueError
    return host, int(port), folder


if __name__ == "__main__":
    try:
        place = main(sys.argv[1:])
    except ValueError:
        print("usage: http_server [host port dir]", file=sys.stderr)
        sys.exit(2)
    try:
        http = HTTPServer(*place)
        http.handle(b"/time", tell_time)
        http.handle(b"/hello", hello)
        http.serve_forever()
    except OSError as error:
        print(f"http_server: {error}", file=sys.stderr)
        sys.exit(1)
