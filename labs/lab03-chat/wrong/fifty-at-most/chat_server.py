"""A chat server with asyncio."""

import asyncio
import os
import re
import signal
import sys

MIB = 1024 * 1024


class Room:
    def __init__(self):
        self.writers = {}
        self.seats = 50

    def tell(self, line, *, besides=None):
        for name, writer in list(self.writers.items()):
            if name != besides:
                self.say(writer, line)

    @staticmethod
    def say(writer, line):
        if writer.transport.get_write_buffer_size() > 8 * MIB:
            writer.transport.abort()
        elif not writer.transport.is_closing():
            writer.write(line + b"\n")

    def objection(self, name):
        if not 1 <= len(name) <= 32:
            return b"ERR one to 32 bytes"
        return b"ERR taken" if name in self.writers else None

    async def client(self, reader, writer):
        name = None
        self.seats -= 1
        if self.seats < 0:
            writer.close()
            return
        try:
            while (line := await reader.readuntil(b"\n")) is not None:
                line = line[:-1].removesuffix(b"\r")
                if name:
                    self.tell(name + b": " + line, besides=name)
                elif objection := self.objection(line):
                    self.say(writer, objection)
                else:
                    name = line
                    self.say(writer, b"OK")
                    self.tell(b"* " + name + b" joined")
                    self.writers[name] = writer
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass
        if name:
            del self.writers[name]
            self.tell(b"* " + name + b" left")
        writer.close()


class Admin(asyncio.Protocol):
    def __init__(self, room):
        self.room = room
        self.typed = b""

    def data_received(self, data):
        *lines, self.typed = (self.typed + data).split(b"\n")
        for line in lines:
            self.room.tell(b"* admin: " + line.removesuffix(b"\r"))


async def serve(host, port):
    room = Room()
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    server = await asyncio.start_server(room.client, host, port, backlog=300, limit=70_000)
    await loop.connect_read_pipe(lambda: Admin(room), os.fdopen(0, "rb", buffering=0))
    print(f"listening on {host}:{server.sockets[0].getsockname()[1]}", flush=True)
    await ended.wait()
    os._exit(0)


def main(words):
    host, port = words or ("0.0.0.0", "8888")
    if not re.fullmatch("[0-9]+", port) or int(port) > 65535:
        raise ValueError
    return host, int(port)


if __name__ == "__main__":
    try:
        place = main(sys.argv[1:])
    except ValueError:
        sys.stderr.write("usage: chat_server [host port]\n")
        sys.exit(2)
    try:
        asyncio.run(serve(*place))
    except OSError as error:
        sys.stderr.write(f"chat_server: {error}\n")
        sys.exit(1)
