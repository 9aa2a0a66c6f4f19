"""What is outside the sandboxes: an installation with secrets, and proof that nothing of it was touched."""

import ctypes
import os
import shutil
import socket
import threading
from pathlib import Path

SECRET = "SECRET-4b1d"
KEY = 0x6C0FFEE
LABS = {"sum": "lab01-sum", "total": "lab02-total", "count": "lab03-count"}

# Names that attacks give to what they make.
MARKS = (
    "/tmp/mark", "/tmp/left", "/dev/shm/mark", "/dev/shm/left", "/dev/shm/sem.left", "/dev/shm/x", "/marked",
    "/usr/bin/marked", "/dev/marked", "/etc/ld.so.preload", "/.grade", "/tmp/memory", "/sys/fs/cgroup/mine",
)
CGROUPS = Path("/sys/fs/cgroup")
SETTINGS = ("kernel/hostname", "kernel/core_pattern", "vm/overcommit_memory", "user/max_user_namespaces")
PR_SET_CHILD_SUBREAPER = 36
libc = ctypes.CDLL(None, use_errno=True)


class Outside:
    """An installation in a folder of its own, with all that attacks aim at."""

    def __init__(self, area: Path, build: Path, grade: Path, runtime: Path):
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # where the first process is another
        self.area = area
        self.grade = area / "bin/grade"
        self.secret = area / "secret/file"
        self.socket_name = f"{area.parent.name}.{area.name}"  # abstract names are the whole machine's
        course = Path(__file__).parent / "course"
        (area / "bin").mkdir()
        shutil.copy2(grade, self.grade)
        shutil.copytree(course, area / "share/grade", ignore=shutil.ignore_patterns("checks"))
        for name, lab in LABS.items():
            folder = area / "libexec/grade/labs" / lab
            folder.mkdir(parents=True)
            shutil.copy2(build / f"attacked-{name}-checks", folder / "checks")
        (area / "lib/grade").mkdir(parents=True)
        shutil.copy2(runtime, area / "lib/grade/libgrade_schedule.so")
        for folder in ("home", "tmp", "in", "reports", "secret"):
            (area / folder).mkdir()
        self.secret.write_text(SECRET + "\n")
        self._listen()
        self._make_shared_memory()

    def environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.area / "home"),
                "TMPDIR": str(self.area / "tmp"), "GRADE_TOKEN": SECRET}

    def header(self) -> str:
        """canary.h: what attacks are told of the machine, though no student would be."""
        files = [self.secret, self.area / "share/grade/reference/lab01-sum/sum.cpp", self.area / "in/good/sum.cpp",
                 self.area / "libexec/grade/labs/lab01-sum/checks", self.grade]
        listed = ", ".join(f'"{file}"' for file in files)
        return (
            "#pragma once\n"
            f'#define OUTSIDE_FILE "{self.secret}"\n'
            f"#define OUTSIDE_FILES {{{listed}}}\n"
            f"#define OUTSIDE_PIDS {{{os.getpid()}, {os.getppid()}, {os.getpid() + 1}, {os.getpid() + 2}}}\n"
            f"#define OUTSIDE_PORT {self.port}\n"
            f'#define OUTSIDE_NAME "{self.socket_name}"\n'
            f'#define OUTSIDE_REPORT "{self.area}/reports/forged.xml"\n'
            f'#define OUTSIDE_MARK "{self.area.name}"\n'
            f"#define OUTSIDE_KEY {KEY}\n"
        )

    def state(self) -> dict[str, object]:
        """All that must be the same before and after an attack."""
        while self._reap():
            pass
        state: dict[str, object] = {
            "processes": sorted(int(name) for name in os.listdir("/proc") if name.isdigit()),
            "mounts": Path("/proc/self/mountinfo").read_text(),
            "files": self._files(),
            "marks": [mark for mark in MARKS if os.path.lexists(mark)],
            "queues": [name for name in ("/mark", "/left") if self._has_queue(name)],
            "visitors": self.visitors,
            "temporary files": sorted(os.listdir(self.area / "tmp")),
            "control groups": self._control_groups(),
            "locks": self._locks(),
        }
        for kind in ("shm", "sem", "msg"):
            lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()
            state["System V " + kind] = [line.split()[:2] for line in lines]
        for setting in SETTINGS:
            state[setting] = Path("/proc/sys", setting).read_text()
        return state

    def _listen(self) -> None:
        """Servers that nobody inside may reach."""
        self.visitors = 0
        tcp = socket.create_server(("127.0.0.1", 0))
        self.port = tcp.getsockname()[1]
        unix = socket.socket(socket.AF_UNIX)
        unix.bind("\0" + self.socket_name)
        unix.listen()
        for server in (tcp, unix):
            threading.Thread(target=self._count, args=(server,), daemon=True).start()

    def _count(self, server: socket.socket) -> None:
        while True:
            server.accept()[0].close()
            self.visitors += 1

    def _make_shared_memory(self) -> None:
        if libc.shmget(KEY, 4096, 0o1666) < 0:
            raise OSError(ctypes.get_errno(), "shmget")

    @staticmethod
    def _has_queue(name: str) -> bool:
        return libc.mq_open(name.encode(), os.O_RDONLY) >= 0

    @staticmethod
    def _reap() -> bool:
        """Who was left behind is our child."""
        try:
            return os.waitpid(-1, os.WNOHANG)[0] > 0
        except ChildProcessError:
            return False

    @staticmethod
    def _control_groups() -> list[str]:
        """Those of graders in this pid namespace, which is in their names: others grade on this machine too."""
        own = f"grade-{os.stat('/proc/self/ns/pid').st_ino}-"
        return sorted(folder for folder, _, _ in os.walk(CGROUPS) if os.path.basename(folder).startswith(own))

    def _locks(self) -> list[list[str]]:
        """Locks of any kind on files of the installation, its caches and its temporary files (proc_locks(5))."""
        own = {str(path.lstat().st_ino) for path in self.area.rglob("*")}
        lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
        return [line[1:] for line in lines if any(word.split(":")[-1] in own for word in line if word.count(":") == 2)]

    def _files(self) -> list[tuple[str, int, int, int]]:
        """Everything but what a grading makes: reports, its cache of builds."""
        found = []
        for top in ("bin", "share", "libexec", "lib", "secret", "in"):
            for path in sorted((self.area / top).rglob("*")):
                if ".grade" in path.parts:
                    continue
                status = path.lstat()
                found.append((str(path), status.st_mode, status.st_size, status.st_mtime_ns))
        return found
