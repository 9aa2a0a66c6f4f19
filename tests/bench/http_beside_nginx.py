"""usage: http_beside_nginx.py ROOT: lab 17's reference server and nginx under wrk, in turn: requests per second, and the
processor time that the server took for each, which other work on the machine changes little.

One process and one thread of each; the same small file, connections kept alive, nothing logged."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5
SECONDS = 2
CONNECTIONS = 64
FILE_SIZE = 1024

CONFIGURATION = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr notice;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Reference:
    def __init__(self, root: Path, folder: Path, site: Path) -> None:
        program = folder / "http_server"
        source = root / "reference/lab17-http/http_server.cpp"
        subprocess.run(["c++", "-std=c++20", "-O2", "-pthread", "-o", program, source], check=True)
        command = [program, "127.0.0.1", "0", site]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        told = self.process.stdout.readline()  # listening on host:port
        self.port = int(told.rsplit(":", 1)[1])

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate()


class Nginx:
    def __init__(self, folder: Path, site: Path) -> None:
        self.port = free_port()
        config = folder / "nginx.conf"
        config.write_text(CONFIGURATION.format(folder=folder, site=site, port=self.port), encoding="utf-8")
        command = ["/usr/sbin/nginx", "-e", "stderr", "-c", config]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for told in self.process.stderr:
            if "start worker process" in told:  # it listens
                return
        sys.exit("nginx does not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate()


def processor_seconds(pid: int) -> float:
    """Of a process and its living children: proc(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(processor_seconds, map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())))


@dataclass
class Round:
    per_second: float
    microseconds: float  # of the processor, for each request


def one_round(server: Reference | Nginx) -> Round:
    before = processor_seconds(server.process.pid)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", f"http://127.0.0.1:{server.port}/file.txt"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(told)
    requests = int(re.search(r"(\d+) requests in", told)[1])
    used = processor_seconds(server.process.pid) - before
    return Round(float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), used / requests * 1e6)


def show(rounds: dict[str, list[Round]]) -> None:
    for value, unit in (("per_second", "/s"), ("microseconds", "us")):
        found = {name: [getattr(one, value) for one in several] for name, several in rounds.items()}
        nginx = statistics.median(found["nginx"])
        for name, values in found.items():
            median = statistics.median(values)
            shown = f"({min(values):.1f} to {max(values):.1f})"
            print(f"{name:<34} {median:10.1f} {unit} {median / nginx:8.2f} x   {shown}")


def main(root: Path) -> None:
    for name in ("wrk", "nginx"):
        if shutil.which(name, path="/usr/sbin:/usr/bin:/bin") is None:
            sys.exit(f"{name} is not installed")
    with tempfile.TemporaryDirectory(prefix="http-bench-") as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)  # nginx serves as another user
        site = folder / "site"
        site.mkdir()
        (site / "file.txt").write_bytes(b"x" * FILE_SIZE)
        servers: dict[str, Reference | Nginx] = {}
        try:
            servers["reference"] = Reference(root, folder, site)
            servers["nginx"] = Nginx(folder, site)
            rounds: dict[str, list[Round]] = {name: [] for name in servers}
            for _ in range(ROUNDS):
                for name, server in servers.items():
                    rounds[name].append(one_round(server))
        finally:
            for server in servers.values():
                server.stop()
    show(rounds)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
