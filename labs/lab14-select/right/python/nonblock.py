import os
import signal
import socket
import sys
import time

if len(sys.argv) not in (1, 3) or (len(sys.argv) == 3 and not (sys.argv[2].isdecimal() and int(sys.argv[2]) < 65536)):
    print("usage: nonblock [host port]", file=sys.stderr)
    sys.exit(2)
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listener.bind((sys.argv[1], int(sys.argv[2])) if len(sys.argv) == 3 else ("0.0.0.0", 5454))
    listener.listen(5)
except OSError as error:
    print("bind:", error, file=sys.stderr)
    sys.exit(1)
listener.setblocking(False)
print("listening on {}:{}".format(*listener.getsockname()), flush=True)

while True:
    try:
        client, _ = listener.accept()
    except BlockingIOError:
        print("tick", flush=True)
        time.sleep(0.1)
        continue
    client.settimeout(1)
    with client:
        try:
            while data := client.recv(1024):
                os.write(1, data + b"\n")
                client.send(b"OK\n")
        except socket.timeout:
            client.send(b"timeout\n")
        except OSError:
            pass
