import select
import sys

from common import accept, answer, listen

words = sys.argv[1:]
edge = select.EPOLLET if words[:1] == ["--et"] else 0
if edge:
    words = words[1:]
listener = listen(words, "epoll_server [--et] [host port]")
poller = select.epoll()
poller.register(listener, select.EPOLLIN)
clients = {}
ready = []
while True:
    news = [fd for fd, _ in poller.poll(0 if ready else -1)]
    turns, ready = dict.fromkeys(news + ready), []
    for fd in turns:
        if fd == listener.fileno():
            client = accept(listener)
            if client is False:
                poller.modify(listener, 0)
            elif client:
                clients[client.fileno()] = client
                poller.register(client, select.EPOLLIN | edge)
            continue
        if fd not in clients:
            continue
        result = answer(clients[fd])
        if result is False:
            poller.unregister(fd)
            clients.pop(fd).close()
            poller.modify(listener, select.EPOLLIN)
        elif result and edge:
            ready.append(fd)
