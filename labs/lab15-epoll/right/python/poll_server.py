import select
import sys

from common import accept, answer, listen

listener = listen(sys.argv[1:], "poll_server [host port]")
poller = select.poll()
poller.register(listener, select.POLLIN)
clients = {}
while True:
    for fd, _ in poller.poll():
        if fd == listener.fileno():
            client = accept(listener)
            if client is False:
                poller.unregister(listener)
            elif client:
                clients[client.fileno()] = client
                poller.register(client, select.POLLIN)
        elif answer(clients[fd]) is False:
            poller.unregister(fd)
            clients.pop(fd).close()
            poller.register(listener, select.POLLIN)
