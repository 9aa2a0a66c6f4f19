import os
import signal
import sys

from common import listen, serve

children = set()


def reap(*_):
    try:
        while (pid := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            children.discard(pid)
    except ChildProcessError:
        pass


def end(*_):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    sys.exit(0)


listener = listen()
signal.signal(signal.SIGCHLD, reap)
signal.signal(signal.SIGTERM, end)
both = {signal.SIGTERM, signal.SIGCHLD}
while True:
    client, _ = listener.accept()
    signal.pthread_sigmask(signal.SIG_BLOCK, both)
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, both)
        listener.close()
        serve(client)
        os._exit(0)
    children.add(pid)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, both)
    client.close()
