import os
import signal
import threading

from common import listen, serve

listener = listen()
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
