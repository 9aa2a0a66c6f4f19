"""A chat client with a thread that types. It shows a prompt."""

import os
import socket
import sys
import threading


def type_lines(server):
    try:
        for line in sys.stdin.buffer:
            server.sendall(line)
        os._exit(0)
    except OSError:
        pass


def main(words):
    if len(words) not in (0, 2):
        return 2
    host, port = words or ("127.0.0.1", "8888")
    if not (port.isascii() and port.isdigit()) or int(port) > 65535:
        return 2
    try:
        server = socket.create_connection((host, int(port)))
    except OSError as error:
        print("chat_client:", error, file=sys.stderr)
        return 1
    print("your name: ", end="", flush=True)
    threading.Thread(target=type_lines, args=(server,), daemon=True).start()
    try:
        for line in server.makefile("rb"):
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
    except OSError:
        pass
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    status = main(sys.argv[1:])
    if status == 2:
        print("usage: chat_client [host port]", file=sys.stderr)
    sys.exit(status)
