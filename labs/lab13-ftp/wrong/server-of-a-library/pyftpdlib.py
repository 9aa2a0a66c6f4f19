"""Stands for a library of that name: a whole FTP server."""
import os
import select
import signal
import socket
import stat
import sys
import tempfile
import threading
import time


class Gone(Exception):
    """The control connection has ended."""


class Session:
    BEFORE_LOGIN = {"USER", "PASS", "QUIT", "NOOP", "SYST", "FEAT"}

    def __init__(self, control, root, stop):
        self.control = control
        self.root = root
        self.stop = stop  # readable when the server is to end
        self.received = b""
        self.listener = None
        self.user = False
        self.logged_in = False
        self.open = True

    def run(self):
        try:
            self.reply("220 Python")
            while self.open:
                self.obey(self.line())
        except (Gone, OSError):
            pass
        finally:
            self.drop_listener()
            self.control.close()

    def wait(self, sock, event, also_control=False):
        """Until the socket is ready; Gone if the server ends, or the control connection does."""
        poll = select.poll()
        poll.register(self.stop, select.POLLIN)
        if also_control:
            poll.register(self.control, select.POLLRDHUP)
        poll.register(sock, event | (select.POLLRDHUP if sock is self.control and also_control else 0))
        ready = dict(poll.poll())
        if self.stop in ready:
            raise Gone
        if sock.fileno() not in ready:
            raise Gone

    def reply(self, text):
        self.control.sendall((text + "\r\n").encode("utf-8", "surrogateescape"))

    def line(self):
        while b"\n" not in self.received:
            self.wait(self.control, select.POLLIN)
            more = self.control.recv(4096)
            if not more or len(self.received) > 100_000:
                raise Gone
            self.received += more
        line, self.received = self.received.split(b"\n", 1)
        return line.removesuffix(b"\r").decode("utf-8", "surrogateescape")

    def obey(self, line):
        verb, _, argument = line.partition(" ")
        verb = verb.upper()
        action = getattr(self, "do_" + verb, None) if verb.isascii() and verb.isalpha() else None
        if action is None:
            self.reply("502 unknown")
        elif not self.logged_in and verb not in self.BEFORE_LOGIN:
            self.reply("530 please log in")
        else:
            action(argument)

    def do_USER(self, name):
        self.logged_in = False
        self.user = name in ("anonymous", "ftp")
        self.reply("331 any password" if self.user else "530 unknown user")

    def do_PASS(self, _):
        self.logged_in = self.user
        self.reply("230 welcome" if self.user else "503 USER first")

    def do_QUIT(self, _):
        self.open = False
        self.reply("221 bye")

    def do_NOOP(self, _):
        self.reply("200 ok")

    def do_SYST(self, _):
        self.reply("215 UNIX Type: L8")

    def do_FEAT(self, _):
        self.reply("211-Extensions:\r\n SIZE\r\n EPSV\r\n211 END")

    def do_TYPE(self, kind):
        self.reply("200 ok" if kind[:1] in ("A", "I", "L") else "504 not that one")

    def listen(self):
        self.drop_listener()
        address = self.control.getsockname()[0]
        self.listener = socket.create_server((address, 0))
        return address, self.listener.getsockname()[1]

    def drop_listener(self):
        if self.listener:
            self.listener.close()
            self.listener = None

    def do_PASV(self, _):
        address, port = self.listen()
        numbers = address.split(".") + [str(port // 256), str(port % 256)]
        self.reply("227 Entering Passive Mode (" + ",".join(numbers) + ").")

    def do_EPSV(self, _):
        self.reply(f"229 Entering Extended Passive Mode (|||{self.listen()[1]}|)")

    def path(self, name):
        name = name.removeprefix("/")
        if not name or name.startswith(".") or "/" in name or "\0" in name:
            return None
        return os.path.join(self.root, name)

    def regular(self, path):
        try:
            return path is not None and stat.S_ISREG(os.lstat(path).st_mode)
        except OSError:
            return False

    def do_SIZE(self, name):
        path = self.path(name)
        self.reply(f"213 {os.path.getsize(path)}" if self.regular(path) else "550 no such file")

    def names(self):
        return sorted(n for n in os.listdir(self.root) if not n.startswith(".") and self.regular(os.path.join(self.root, n)))

    def do_NLST(self, _):
        self.send_all(b"".join(os.fsencode(name) + b"\r\n" for name in self.names()))

    def do_LIST(self, _):
        text = b""
        for name in self.names():
            status = os.stat(os.path.join(self.root, name))
            day = time.strftime("%b %d %H:%M", time.localtime(status.st_mtime))
            text += f"-rw-r--r--\t1\tftp\tftp\t{status.st_size}\t{day} ".encode() + os.fsencode(name) + b"\r\n"
        self.send_all(text)

    def send_all(self, text):
        self.transfer(lambda data: self.push(data, text))

    def push(self, data, view):
        view = memoryview(view)
        while view:
            self.wait(data, select.POLLOUT, True)
            view = view[data.send(view) :]

    def transfer(self, body):
        if not self.listener:
            return self.reply("425 PASV first")
        self.reply("150 opening")
        try:
            self.wait(self.listener, select.POLLIN, True)
            data, _ = self.listener.accept()
            self.drop_listener()
            data.setblocking(False)
            with data:
                finish = body(data)
            if finish:
                finish()
        except OSError as error:
            return self.reply(f"426 {error.strerror}")
        self.reply("226 complete")

    def do_RETR(self, name):
        path = self.path(name)
        if not self.regular(path):
            return self.reply("550 no such file")
        try:
            file = open(path, "rb")
        except OSError:
            return self.reply("550 no such file")

        def body(data):
            while block := file.read(1 << 16):
                self.push(data, block)

        with file:
            self.transfer(body)

    def do_STOR(self, name):
        path = self.path(name)
        if path is None or (os.path.lexists(path) and not self.regular(path)):
            return self.reply("553 not allowed")
        if not self.listener:
            return self.reply("425 PASV first")
        try:
            handle, temporary = tempfile.mkstemp(prefix=".", dir=self.root)
        except OSError:
            return self.reply("451 disk")

        file = open(handle, "wb")

        def body(data):
            while True:
                self.wait(data, select.POLLIN, True)
                block = data.recv(1 << 16)
                if not block:
                    break
                file.write(block)
            file.close()
            poll = select.poll()
            poll.register(self.control, select.POLLRDHUP)
            if poll.poll(0):
                raise Gone
            return lambda: os.replace(temporary, path)

        try:
            self.transfer(body)
        finally:
            file.close()
            if os.path.exists(temporary):
                os.unlink(temporary)


def main(words):
    if len(words) not in (0, 3):
        raise ValueError
    host, port, root = words or ("0.0.0.0", "2121", "./files")
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise ValueError
    os.listdir(root)
    stop_read, stop_write = os.pipe()
    signal.signal(signal.SIGTERM, lambda *_: os.write(stop_write, b"x"))
    server = socket.create_server((host, int(port)), backlog=100)
    print(f"listening on {host}:{server.getsockname()[1]}", flush=True)
    sessions = []
    poll = select.poll()
    poll.register(stop_read, select.POLLIN)
    poll.register(server, select.POLLIN)
    while stop_read not in dict(poll.poll()):
        control, _ = server.accept()
        sessions = [each for each in sessions if each.is_alive()]
        sessions.append(threading.Thread(target=Session(control, root, stop_read).run))
        sessions[-1].start()
    for each in sessions:
        each.join()
