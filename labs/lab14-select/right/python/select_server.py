import os
import select
import signal
import socket
import sys

if len(sys.argv) not in (1, 3) or (len(sys.argv) == 3 and not (sys.argv[2].isdecimal() and int(sys.argv[2]) < 65536)):
    print("usage: select_server [host port]", file=sys.stderr)
    sys.exit(2)
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listener.bind((sys.argv[1], int(sys.argv[2])) if len(sys.argv) == 3 else ("0.0.0.0", 5454))
    listener.listen(64)
except OSError as error:
    print("bind:", error, file=sys.stderr)
    sys.exit(1)
print("listening on {}:{}".format(*listener.getsockname()), flush=True)

rlist = [listener]
waiting = None  # the listening socket, while there is no descriptor left
while True:
    readable, _, _ = select.select(rlist, [], [])
    for one in readable:
        if one is listener:
            try:
                client, _ = listener.accept()
            except OSError:
                rlist.remove(listener)
                waiting = listener
                continue
            if client.fileno() > 1023:
                client.close()
                continue
            client.setblocking(False)
            rlist.append(client)
            continue
        try:
            data = one.recv(1024)
            if data:
                os.write(1, data + b"\n")
                one.send(b"OK")
                continue
        except BlockingIOError:
            continue
        except OSError:
            pass
        rlist.remove(one)
        one.close()
        if waiting is not None:
            rlist.append(waiting)
            waiting = None
