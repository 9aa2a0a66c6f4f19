"""A chat server with threads: one per client that reads, one that writes, queues between them."""

import os
import queue
import signal
import socket
import sys
import threading

MOST_WAITING = 8 * 1024 * 1024


class Member:
    def __init__(self, connection):
        self.connection = connection
        self.name = None
        self.lines = queue.SimpleQueue()
        self.waiting = 0
        self.count = threading.Lock()

    def say(self, line):
        with self.count:
            self.waiting += len(line)
            if self.waiting > MOST_WAITING:
                self.hang_up()
                return
        self.lines.put(line + b"\n")

    def hang_up(self):
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def write(self):
        while (line := self.lines.get()) is not None:
            try:
                self.connection.sendall(line)
            except OSError:
                return
            with self.count:
                self.waiting -= len(line) - 1


class ChatServer:
    def __init__(self):
        self.lock = threading.RLock()
        self.members = {}

    def tell(self, line, besides=None):
        with self.lock:
            for name, member in self.members.items():
                if name != besides:
                    member.say(line)

    def hear(self, member, line):
        with self.lock:
            if member.name is not None:
                self.tell(member.name + b": " + line, member.name)
            elif not line:
                member.say(b"ERR empty")
            elif len(line) > 32:
                member.say(b"ERR too long")
            elif False:
                member.say(b"ERR taken")
            else:
                member.say(b"OK")
                self.tell(b"* " + line + b" joined")
                member.name = line
                self.members[line] = member

    def serve(self, member):
        writer = threading.Thread(target=member.write, daemon=True)
        writer.start()
        try:
            with member.connection.makefile("rb") as lines:
                while line := lines.readline(70_000):
                    if not line.endswith(b"\n"):
                        break
                    self.hear(member, line[:-1].removesuffix(b"\r"))
        except OSError:
            pass
        with self.lock:
            if member.name is not None:
                del self.members[member.name]
                self.tell(b"* " + member.name + b" left")
        member.lines.put(None)
        member.hang_up()
        writer.join()
        member.connection.close()

    def admin(self):
        for line in sys.stdin.buffer:
            if line.endswith(b"\n"):
                self.tell(b"* admin: " + line[:-1].removesuffix(b"\r"))


def main():
    words = sys.argv[1:]
    host, port = words if len(words) == 2 else ("0.0.0.0", "8888")
    if len(words) not in (0, 2) or not port.isdecimal() or not port.isascii() or int(port) > 65535:
        print("usage: chat_server [host port]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    try:
        listening = socket.create_server((host, int(port)), backlog=256)
    except OSError as error:
        print(f"chat_server: {error}", file=sys.stderr)
        return 1
    print(f"listening on {host}:{listening.getsockname()[1]}", flush=True)
    server = ChatServer()
    threading.Thread(target=server.admin, daemon=True).start()
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=server.serve, args=(Member(connection),), daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
