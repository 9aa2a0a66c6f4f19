"""ftp_client host port: list, get, put and quit (lab 13)."""
import os
import re
import socket
import sys


class Refused(Exception):
    """What the server has said no to."""


class Client:
    def __init__(self, host, port):
        self.control = socket.create_connection((host, port))
        self.host = host
        self.lines = self.control.makefile("rb")
        self.reply("2")
        self.ask("USER anonymous", "3")
        self.ask("PASS x@y", "2")

    def reply(self, good):
        line = self.lines.readline()
        if not line:
            raise ConnectionError("the server has gone")
        if line[3:4] == b"-":
            end = line[:3] + b" "
            while line and not line.startswith(end):
                line = self.lines.readline()
        text = line.decode(errors="surrogateescape").rstrip("\r\n")
        if text[:1] not in good:
            raise Refused(text)
        return text

    def ask(self, command, good):
        self.control.sendall(os.fsencode(command + "\r\n"))
        return self.reply(good)

    def begin(self, command):
        numbers = re.search(r"(\d+),(\d+)\)", self.ask("PASV", "2"))
        data = socket.create_connection((self.host, int(numbers[1]) * 256 + int(numbers[2])))
        try:
            self.ask(command, "1")
        except Refused:
            data.close()
            raise
        return data

    def fetch(self, command):
        blocks = []
        try:
            with self.begin(command) as data:
                while block := data.recv(65536):
                    blocks.append(block)
        except ConnectionResetError as error:
            raise Refused(self.reply("12345") + " " + str(error)) from error
        self.reply("2")
        return b"".join(blocks)

    def list(self, _):
        sys.stdout.buffer.write(self.fetch("LIST"))

    def get(self, name):
        content = self.fetch("RETR " + name)
        with open(os.path.basename(name), "wb") as file:
            file.write(content)
        print(len(content), "bytes")

    def put(self, path):
        with open(path, "rb") as file, self.begin("STOR " + os.path.basename(path)) as data:
            try:
                data.sendfile(file)
            except OSError:
                pass  # why, the reply tells
        print(self.reply("2"))


def main(host, port):
    if not port.isdigit() or int(port) > 65535:
        raise ValueError
    try:
        client = Client(host, int(port))
    except (OSError, Refused) as error:
        print("ftp_client:", error, file=sys.stderr)
        return 1
    while True:
        print("ftp> ", end="", flush=True)
        line = sys.stdin.readline()
        verb, _, argument = line.rstrip("\n").partition(" ")
        if not line or verb == "quit":
            client.ask("QUIT", "2")
            return 0
        if verb not in ("list", "get", "put"):
            print("list, get NAME, put FILE or quit")
            continue
        try:
            getattr(client, verb)(argument)
        except Refused as reply:
            print(reply)
        except ConnectionError as error:
            print("ftp_client:", error, file=sys.stderr)
            return 1
        except OSError as error:
            print(error)
        sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (TypeError, ValueError):
        print("usage: ftp_client host port", file=sys.stderr)
        sys.exit(2)
