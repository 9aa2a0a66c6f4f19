"""An HTTP server with selectors: each client is a generator that yields what it waits for."""

import errno
import os
import re
import selectors
import signal
import socket
import stat
import sys
import time

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "application/javascript; charset=utf-8",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
}
REASONS = {200: "OK", 404: "Not Found"}
LINE = re.compile(rb"([!-~]+) ([!-~\x80-\xff]+) HTTP/(\d+)\.(\d+)\Z")
HEADER = re.compile(rb"([!-9;-~]+):[ \t]*(.*?)[ \t]*\Z")
KIBI = 1024


class Refusal(Exception):
    pass


def unquote(text):
    if re.search(rb"%(?![0-9A-Fa-f]{2})|%00", text):
        raise Refusal(400)
    return re.sub(rb"%(..)", lambda code: bytes([int(code[1], 16)]), text)


class Client:
    """Everything about one client. serve() is its life."""

    def __init__(self, server, connection):
        self.server = server
        self.socket = connection
        self.buffer = b""

    def receive(self):
        yield READ
        received = self.socket.recv(64 * KIBI)
        if not received:
            raise EOFError
        self.buffer += received

    def send(self, data):
        view = memoryview(data)
        while view:
            try:
                view = view[self.socket.send(view) :]
            except BlockingIOError:
                yield WRITE

    def line(self, limit, status):
        searched = 0
        while (end := self.buffer.find(b"\n", searched)) < 0:
            if len(self.buffer) > limit:
                raise Refusal(status)
            searched = len(self.buffer)
            yield from self.receive()
        if end > limit:
            raise Refusal(status)
        line, self.buffer = self.buffer[:end], self.buffer[end + 1 :]
        return line.removesuffix(b"\r")

    def serve(self):
        try:
            try:
                while (yield from self.one_request()):
                    pass
            except Refusal as refusal:
                yield from self.reply(int(str(refusal)), keep_alive=False)
            self.socket.shutdown(socket.SHUT_WR)
            while True:
                self.buffer = b""
                yield from self.receive()
        except (EOFError, OSError):
            pass

    def headers(self):
        headers = {}
        size = 0
        while line := (yield from self.line(128 * KIBI, 431)):
            size += len(line) + 2
            header = HEADER.match(line)
            if size > 128 * KIBI:
                raise Refusal(431)
            if not header:
                raise Refusal(400)
            headers.setdefault(header[1].lower(), []).append(header[2])
        return headers

    def one_request(self):
        while not (line := (yield from self.line(64 * KIBI, 414))):
            pass
        parts = LINE.match(line)
        headers = yield from self.headers()
        if not parts:
            raise Refusal(400)
        method, target, major, minor = parts.groups()
        if major != b"1":
            raise Refusal(505)
        hosts = headers.get(b"host", [])
        if len(hosts) > 1 or (not hosts and minor != b"0"):
            raise Refusal(400)
        yield from self.skip_body(headers)
        options = b",".join(headers.get(b"connection", [])).lower()
        keep_alive = b"close" not in options and (minor != b"0" or b"keep-alive" in options)
        path, _, query = target.partition(b"?")
        yield from self.answer(method, unquote(path), query, keep_alive)
        return keep_alive

    def skip_body(self, headers):
        if b"transfer-encoding" in headers:
            raise Refusal(411)
        lengths = headers.get(b"content-length", [b"0"])
        if len(lengths) > 1 or not lengths[0].isdigit():
            raise Refusal(400)
        if len(lengths[0]) > 20 or int(lengths[0]) > 16 * KIBI * KIBI:
            raise Refusal(413)
        left = int(lengths[0])
        while left > len(self.buffer):
            left -= len(self.buffer)
            self.buffer = b""
            yield from self.receive()
        self.buffer = self.buffer[left:]

    def reply(self, status, *, keep_alive, body=None, kind="text/plain; charset=utf-8", length=None, head=False):
        text = REASONS.get(status, "No")
        body = text.encode() + b"\n" if body is None else body
        lines = [f"HTTP/1.1 {status} {text}", f"content-type: {kind}", f"content-length: {length or len(body)}"]
        lines.append("connection: " + ("keep-alive" if keep_alive else "close"))
        if status == 405:
            lines.append("allow: HEAD,GET")
        yield from self.send("\r\n".join([*lines, "", ""]).encode() + (b"" if head else body))

    def answer(self, method, path, query, keep_alive):
        if method not in (b"GET", b"HEAD"):
            yield from self.reply(405, keep_alive=keep_alive)
            return
        head = method == b"HEAD"
        file = self.server.open(path)
        if file:
            with file:
                length = os.fstat(file.fileno()).st_size
                kind = TYPES.get(os.fsdecode(path if path != b"/" else b"html").rpartition(".")[2], "application/octet-stream")
                yield from self.reply(200, keep_alive=keep_alive, body=b"", kind=kind, length=length, head=head)
                while not head and (portion := file.read(64 * KIBI)):
                    yield from self.send(portion)
        elif path in self.server.handlers:
            body = self.server.handlers[path](query)
            yield from self.reply(200, keep_alive=keep_alive, body=body, head=head)
        else:
            yield from self.reply(404, keep_alive=keep_alive, head=head)


class HTTPServer:
    def __init__(self, host, port, folder):
        self.host = host
        self.root = os.fsencode(os.path.realpath(folder))
        self.handlers = {}
        self.selector = selectors.DefaultSelector()
        self.listening = socket.create_server((host, port), backlog=1000)
        self.listening.setblocking(False)

    def handle(self, path, handler):
        self.handlers[path] = handler

    def open(self, path):
        """Follows no link at all, and takes no .. for an answer."""
        parts = [part for part in path.split(b"/") if part] or [b"index.html"]
        if b".." in parts or (path.endswith(b"/") and path != b"/"):
            return None
        name = self.root
        try:
            for part in parts:
                name += b"/" + part
                if os.path.islink(name):
                    return None
            return open(name, "rb") if stat.S_ISREG(os.stat(name).st_mode) else None
        except OSError:
            return None

    def serve_forever(self):
        print(f"listening on {self.host}:{self.listening.getsockname()[1]}", flush=True)
        self.selector.register(self.listening, READ, None)
        while True:
            for key, _ in self.selector.select():
                if key.data:
                    self.advance(key.fileobj, key.data)
                else:
                    self.accept()

    def accept(self):
        try:
            connection, _ = self.listening.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self.selector.unregister(self.listening)
            return
        connection.setblocking(False)
        life = Client(self, connection).serve()
        self.selector.register(connection, READ, life)
        self.advance(connection, life)

    def advance(self, connection, life):
        try:
            self.selector.modify(connection, next(life), life)
        except StopIteration:
            self.selector.unregister(connection)
            connection.close()
            if self.listening not in self.selector.get_map():
                self.selector.register(self.listening, READ, None)


def tell_time(_):
    return time.strftime("%Y-%m-%d %H:%M:%S").encode()


def hello(query):
    for pair in query.split(b"&"):
        name, _, value = pair.partition(b"=")
        if name == b"name":
            return b"Hello, " + unquote(value.replace(b"+", b" ")) + b"!"
    return b"Hello, world!"


def terminate(*_):
    os._exit(0)


def main(words):
    if len(words) not in (0, 3):
        return 2
    host, port, folder = words or ("0.0.0.0", "8000", "./static")
    if not re.fullmatch("[0-9]{1,5}", port) or int(port) > 65535:
        return 2
    signal.signal(signal.SIGTERM, terminate)
    try:
        server = HTTPServer(host, int(port), folder)
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    server.handle(b"/time", tell_time)
    server.handle(b"/hello", hello)
    server.serve_forever()


if __name__ == "__main__":
    status = main(sys.argv[1:])
    if status == 2:
        print("usage: http_server [host port dir]", file=sys.stderr)
    sys.exit(status)
