"""Arguments, the listening socket, and one client's connection."""

import errno
import os
import signal
import socket
import sys


def address(words, usage):
    if not words:
        return "0.0.0.0", 5454
    if len(words) != 2 or not words[1].isascii() or not words[1].isdigit() or int(words[1]) > 65535:
        print("usage:", usage, file=sys.stderr)
        sys.exit(2)
    return words[0], int(words[1])


def listen(words, usage):
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    where = address(words, usage)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(where)
        listener.listen(100)
    except OSError as error:
        print("bind:", error, file=sys.stderr)
        sys.exit(1)
    listener.setblocking(False)
    print("listening on {}:{}".format(*listener.getsockname()), flush=True)
    return listener


def accept(listener):
    """A client; None if there is no more; False if there is no descriptor left."""
    try:
        client, _ = listener.accept()
    except OSError as error:
        return False if error.errno in (errno.EMFILE, errno.ENFILE) else None
    client.setblocking(False)
    return client


def answer(client):
    """Takes one message. True if there was one, None if nothing had come, False if the client has left."""
    try:
        data = client.recv(1024)
        if not data:
            return False
        sys.stdout.buffer.write(data + b"\n")
        sys.stdout.flush()
        client.send(b"OK")
        return True
    except BlockingIOError:
        return None
    except OSError:
        return False
