"""Python's own HTTP server, with a thread for each client."""

import functools
import http.server
import signal
import sys
import time
import urllib.parse


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path not in ("/time", "/hello"):
            super().do_GET()
            return
        names = urllib.parse.parse_qs(query).get("name", ["world"])
        body = time.strftime("%Y-%m-%d %H:%M:%S") if path == "/time" else f"Hello, {names[0]}!"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())


class HTTPServer(http.server.ThreadingHTTPServer):
    request_queue_size = 300


def main():
    host, port, folder = sys.argv[1:] or ("0.0.0.0", "8000", "./static")
    server = HTTPServer((host, int(port)), functools.partial(Handler, directory=folder))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"listening on {host}:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
