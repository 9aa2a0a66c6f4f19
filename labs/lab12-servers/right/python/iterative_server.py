from common import listen, serve

listener = listen()
while True:
    client, _ = listener.accept()
    serve(client)
