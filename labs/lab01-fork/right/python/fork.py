"""The five programs in Python: os.fork, os.pipe, os.waitstatus_to_exitcode."""

import atexit
import ctypes
import os
import signal
import sys
import traceback

USAGE = (
    "usage: fork twice | memory NUMBER | exitcode N | exitcode signal NAME | shape fan N | shape chain N | "
    "shape tree DEPTH | pstate PID"
)
HARMLESS = {"SIGCHLD", "SIGCLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGWINCH"}
STATES = {"R": "ready/running", "S": "waiting", "D": "waiting", "I": "waiting"}
STATES |= {"T": "stopped", "t": "stopped", "Z": "zombie", "X": "zombie"}


class UsageError(Exception):
    pass


def number(text, least, most):
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or not least <= int(text) <= most:
        raise UsageError
    return int(text)


def say(line):
    os.write(1, line.encode() + b"\n")


def start(life, *args):
    """Forks a child that runs life and ends without atexit handlers, whatever happens."""
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(life(*args) or 0)
        except OSError as error:
            os.write(2, f"fork: {error}\n".encode())
        finally:
            os._exit(1)
    return pid


def wait_for(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def twice():
    child = start(lambda: say(f"child {os.getpid()} parent {os.getppid()}"))
    say(f"parent {os.getpid()} child {child}")
    return wait_for(child)


in_module = ctypes.c_int()


def memory(value):
    in_module.value = value
    in_list = [value]
    in_frame = value

    def change():
        nonlocal in_frame
        in_module.value = in_list[0] = in_frame = 1 - value if value > 0 else value + 1
        say(f"child {in_module.value} {in_list[0]} {in_frame}")

    code = wait_for(start(change))
    say(f"parent {in_module.value} {in_list[0]} {in_frame}")
    return code


def exitcode(code):
    atexit.register(lambda: say(f"atexit {os.getpid()}"))
    say(f"exited {wait_for(start(lambda: code))}")


def exitsignal(name):
    full = name if name.startswith("SIG") else "SIG" + name
    if full in HARMLESS or full not in signal.Signals.__members__:
        raise UsageError
    which = signal.Signals[full]

    def die():
        if which != signal.SIGKILL:
            signal.signal(which, signal.SIG_DFL)  # Python itself catches SIGINT and ignores SIGPIPE
        os.kill(os.getpid(), which)

    atexit.register(lambda: say(f"atexit {os.getpid()}"))
    if wait_for(start(die)) == -which:
        say(f"killed {name}")


def grow(children_of, size, meeting):
    return [start(live, children_of, below, meeting) for below in children_of(size)]


def live(children_of, size, meeting):
    arrivals, gate, gate_writer = meeting
    if gate_writer is not None:
        os.close(gate_writer)
    children = grow(children_of, size, (arrivals, gate, None))
    os.write(arrivals, b".")
    os.read(gate, 1)
    for child in children:
        wait_for(child)


def shape(children_of, size, total):
    arrivals_reader, arrivals = os.pipe()
    gate, gate_writer = os.pipe()
    children = grow(children_of, size, (arrivals, gate, gate_writer))
    while total > 0:
        total -= len(os.read(arrivals_reader, total))
    os.close(gate_writer)
    for child in children:
        wait_for(child)


def pstate(pid):
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            letter = chr(file.read().rpartition(b")")[2].split()[0][0])
    except FileNotFoundError:
        print(f"fork: no process {pid}", file=sys.stderr)
        return 1
    say(f"{STATES[letter]} {letter}")
    return 0


def dispatch(words):
    match words:
        case ["twice"]:
            return twice()
        case ["memory", value]:
            return memory(number(value, -(2**31), 2**31 - 1))
        case ["exitcode", code]:
            return exitcode(number(code, 0, 255))
        case ["exitcode", "signal", name]:
            return exitsignal(name)
        case ["shape", "fan", size]:
            count = number(size, 0, 200)
            return shape(lambda n: [0] * n, count, count)
        case ["shape", "chain", size]:
            count = number(size, 0, 200)
            return shape(lambda n: [n - 1] if n else [], count, count)
        case ["shape", "tree", size]:
            depth = number(size, 0, 7)
            return shape(lambda n: [n - 1] * 2 if n else [], depth, 2 ** (depth + 1) - 2)
        case ["pstate", pid]:
            return pstate(number(pid, 1, 2**31 - 1))
    raise UsageError


try:
    sys.exit(dispatch(sys.argv[1:]))
except UsageError:
    print(USAGE, file=sys.stderr)
    sys.exit(2)
except OSError as error:
    print(f"fork: {traceback.extract_tb(error.__traceback__)[-1].line}: {error.strerror}", file=sys.stderr)
    sys.exit(1)
