"""Counts primes in four ways. Python's own lock lets one thread compute at a time; processes have an interpreter each."""

import collections
import os
import sys
import threading
import time


def is_prime(number):
    if number < 2:
        return False
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 1
    return True


def share(worker, workers, limit):
    """The numbers of one of the workers: blocks of 50, in turn."""
    for first in range(50 * worker, limit + 1, 50 * workers):
        yield from range(first, min(first + 50, limit + 1))


def count(worker, workers, limit):
    return sum(map(is_prime, share(worker, workers, limit)))


def run_team(workers, work):
    team = []
    try:
        for worker in range(workers):
            thread = threading.Thread(target=work, args=(worker,))
            thread.start()
            team.append(thread)
    finally:
        for thread in team:
            thread.join()


def by_threads(workers, limit):
    counts = [0] * workers

    def work(worker):
        counts[worker] = count(worker, workers, limit)

    run_team(workers, work)
    return sum(counts)


def by_processes(workers, limit):
    reader, writer = os.pipe()
    children = []
    try:
        for worker in range(workers):
            pid = os.fork()
            if pid == 0:
                try:
                    os.write(writer, count(worker, workers, limit).to_bytes(4, "little"))
                finally:
                    os._exit(0)
            children.append(pid)
    finally:
        for pid in children:
            os.waitpid(pid, 0)
    os.close(writer)
    with os.fdopen(reader, "rb") as counts:
        return sum(int.from_bytes(counts.read(4), "little") for _ in range(workers))


class BigLock:
    """Had in the order of asking."""

    def __init__(self):
        self.mutex = threading.Lock()
        self.queue = collections.deque()
        self.held = False
        self.since = 0.0

    def take(self):
        with self.mutex:
            if not self.held:
                self.held = True
                self.since = time.monotonic()
                return
            mine = threading.Lock()
            mine.acquire()
            self.queue.append(mine)
        mine.acquire()
        self.since = time.monotonic()

    def give(self):
        with self.mutex:
            if self.queue:
                self.queue.popleft().release()
            else:
                self.held = False


def by_biglock(workers, limit):
    big_lock = BigLock()
    total = 0

    def work(worker):
        nonlocal total
        big_lock.take()
        for number in share(worker, workers, limit):
            total += is_prime(number)
            if time.monotonic() - big_lock.since > 0.007:
                big_lock.give()
                big_lock.take()
        big_lock.give()

    run_team(workers, work)
    return total


WAYS = {
    "serial": lambda workers, limit: count(0, 1, limit),
    "threads": by_threads,
    "processes": by_processes,
    "biglock": by_biglock,
}


def number(text, least, most):
    if not (text.isascii() and text.isdigit()) or not least <= int(text) <= most:
        raise ValueError(text)
    return int(text)


def main(words):
    try:
        way, workers, limit = words
        way, workers, limit = WAYS[way], number(workers, 1, 64), number(limit, 0, 10_000_000)
    except (ValueError, KeyError):
        print("usage: primes serial|threads|processes|biglock WORKERS LIMIT", file=sys.stderr)
        return 2
    try:
        print(way(workers, limit))
        return 0
    except (OSError, RuntimeError) as error:  # RuntimeError: can't start new thread
        print(f"primes: {error}", file=sys.stderr)
        return 1


sys.exit(main(sys.argv[1:]))
