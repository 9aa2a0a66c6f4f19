"""What the three servers share."""

import signal
import socket
import sys


def address():
    if len(sys.argv) == 1:
        return "0.0.0.0", 8888
    if len(sys.argv) != 3 or not sys.argv[2].isascii() or not sys.argv[2].isdigit() or int(sys.argv[2]) > 65535:
        print(f"usage: {sys.argv[0]} [host port]", file=sys.stderr)
        sys.exit(2)
    return sys.argv[1], int(sys.argv[2])


def listen():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address())
        listener.listen(5)
    except OSError as error:
        print("bind:", error, file=sys.stderr)
        sys.exit(1)
    host, port = listener.getsockname()
    print(f"listening on {host}:{port}", flush=True)
    return listener


def serve(client):
    with client:
        try:
            while data := client.recv(1024):
                sys.stdout.buffer.write(data + b"\n")
                sys.stdout.flush()
                client.send(b"OK\n")
        except OSError:
            pass
