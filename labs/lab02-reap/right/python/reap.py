"""The five programs in Python: os.fork, os.pidfd_open, signal.pthread_sigmask, select.poll."""

import os
import random
import select
import signal
import sys
import time
import traceback

TICK = 0.01


class UsageError(Exception):
    pass


def number(text, most):
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise UsageError
    return int(text)


def say(line):
    os.write(1, line.encode() + b"\n")


def start(life, *args):
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(life(*args) or 0)
        except OSError as error:
            report(error)
        finally:
            os._exit(1)
    return pid


def report(error):
    call = traceback.extract_tb(error.__traceback__)[-1].line
    os.write(2, f"reap: {call}: {error.strerror}\n".encode())


def wait_for_end(watched):
    """Sleeps until the process of a pidfd has ended, which need not be our child, and closes that."""
    try:
        poller = select.poll()
        poller.register(watched, select.POLLIN)
        poller.poll()
    finally:
        os.close(watched)


class Gate:
    def __init__(self):
        self.reader, self.writer = os.pipe()

    def open(self):
        os.close(self.writer)

    def wait(self):
        os.close(self.writer)
        os.read(self.reader, 1)


def waitall(count):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])

    def live(code):
        signal.sigwait([signal.SIGUSR1])
        return code

    children = [start(live, code) for code in range(1, count + 1)]
    random.shuffle(children)
    for child in children:
        os.kill(child, signal.SIGUSR1)
        pid, status = os.waitpid(-1, 0)
        say(f"{pid} {os.waitstatus_to_exitcode(status)}")


def nohang(count):
    gate = Gate()

    def live(index):
        gate.wait()
        time.sleep((0.03, 0.06, 0.09)[index % 3])

    for index in range(count):
        start(live, index)
    gate.open()
    due = time.monotonic()
    while count:
        say("tick")
        due = max(due + TICK, time.monotonic())
        time.sleep(max(0, due - time.monotonic()))
        while count and os.waitpid(-1, os.WNOHANG)[0]:
            count -= 1


def twolevel():
    adopted = Gate()
    pids_reader, pids_writer = os.pipe()

    def work():
        adopted.wait()
        say(f"worker {os.getpid()} parent {os.getppid()}")
        time.sleep(0.1)

    father = start(lambda: os.write(pids_writer, b"%d" % start(work)) and 0)
    os.close(pids_writer)
    code = os.waitstatus_to_exitcode(os.waitpid(father, 0)[1])
    if code:
        return code
    worker = int(os.read(pids_reader, 32))
    watched = os.pidfd_open(worker)
    adopted.open()
    wait_for_end(watched)


def ignore(count):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in range(count):
        start(lambda: 0)
    try:
        os.wait()
    except ChildProcessError:
        say("done")


def orphan():
    told = Gate()
    parent = os.getpid()

    def live():
        say(f"before {os.getppid()}")
        watched = os.pidfd_open(parent)  # while it is surely there: once told, it may be gone at any moment
        told.open()
        wait_for_end(watched)
        say(f"after {os.getppid()}")

    start(live)
    told.wait()


def dispatch(words):
    match words:
        case ["waitall", count]:
            return waitall(number(count, 255))
        case ["nohang", count]:
            return nohang(number(count, 1000))
        case ["twolevel"]:
            return twolevel()
        case ["ignore", count]:
            return ignore(number(count, 1000))
        case ["orphan"]:
            return orphan()
    raise UsageError


try:
    sys.exit(dispatch(sys.argv[1:]))
except UsageError:
    print("usage: reap waitall N | nohang N | twolevel | ignore N | orphan", file=sys.stderr)
    sys.exit(2)
except OSError as error:
    report(error)
    sys.exit(1)
