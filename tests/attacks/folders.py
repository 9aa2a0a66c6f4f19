"""Submissions whose files are the attack: links, pipes, devices' names, what tools would take for orders."""

import os
import socket
from pathlib import Path

from attack import Attack
from outside import Outside

_WORK = "int main() { long a, b; if (scanf(\"%ld %ld\", &a, &b) != 2) return 2; printf(\"%ld\\n\", a + b);\n"
_GOOD = "#include <stdio.h>\n" + _WORK + "FILE* f = fopen(\"result\", \"w\"); fprintf(f, \"%ld\\n\", a + b); fclose(f); }\n"


def _replace(folder: Path) -> Path:
    (folder / "sum.cpp").unlink()
    return folder / "sum.cpp"


def source_is_link_to_secret(folder: Path, outside: Outside) -> None:
    """Hands in a link to a secret as its source."""
    _replace(folder).symlink_to(outside.secret)


def source_is_link_to_passwd(folder: Path, _: Outside) -> None:
    """Hands in a link to a file of the machine as its source."""
    _replace(folder).symlink_to("/etc/passwd")


def source_is_link_to_reference(folder: Path, outside: Outside) -> None:
    """Hands in a link to the model solution as its source."""
    _replace(folder).symlink_to(outside.area / "share/grade/reference/lab01-sum/sum.cpp")


def source_is_pipe(folder: Path, _: Outside) -> None:
    """Hands in a pipe as its source, on which a reader would wait for ever."""
    os.mkfifo(_replace(folder))


def source_is_folder(folder: Path, _: Outside) -> None:
    """Hands in a folder as its source."""
    _replace(folder).mkdir()


def source_is_endless(folder: Path, _: Outside) -> None:
    """Hands in a link to an endless device as its source."""
    _replace(folder).symlink_to("/dev/zero")


def source_is_loop(folder: Path, _: Outside) -> None:
    """Hands in a link to itself."""
    _replace(folder).symlink_to("sum.cpp")


def source_is_huge(folder: Path, _: Outside) -> None:
    """Hands in a source of a terabyte without content."""
    with open(folder / "sum.cpp", "wb") as file:
        file.truncate(1 << 40)


def header_is_link_to_secret(folder: Path, outside: Outside) -> None:
    """Includes a link to a secret."""
    (folder / "secret.h").symlink_to(outside.secret)
    (folder / "sum.cpp").write_text('#include "secret.h"\n' + _GOOD)


def header_is_pipe(folder: Path, _: Outside) -> None:
    """Includes a pipe."""
    os.mkfifo(folder / "pipe.h")
    (folder / "sum.cpp").write_text('#include "pipe.h"\n' + _GOOD)


def folder_is_link_outside(folder: Path, outside: Outside) -> None:
    """Includes a file of a folder that is a link."""
    (folder / "inner").symlink_to(outside.secret.parent)
    (folder / "sum.cpp").write_text('#include "inner/file"\n' + _GOOD)


def orders_to_tools(folder: Path, _: Outside) -> None:
    """Brings files that tools take for orders: a Makefile, options, specs, a plugin."""
    for name in ("Makefile", "CMakeLists.txt", "GNUmakefile", "compile_flags.txt", "specs", ".gdbinit", "sitecustomize.py"):
        (folder / name).write_text("all:\n\ttouch /tmp/mark\n$(shell touch /tmp/mark)\n")
    for name in ("-fplugin=x.so", "@options", "-o", "--help", "$(touch mark)", "a;b", "-"):
        (folder / name).write_text("-o /tmp/mark")


def tools_of_its_own(folder: Path, _: Outside) -> None:
    """Brings tools of its own: a compiler, an assembler, a linker, a library."""
    for name in ("g++", "cc1plus", "as", "ld", "collect2", "python3", "libstdc++.so.6", "libc.so.6", "crt1.o", "sum", "sum.o"):
        (folder / name).write_text("#!/bin/sh\ntouch /tmp/mark\n")
        (folder / name).chmod(0o6755)


def precompiled_header(folder: Path, _: Outside) -> None:
    """Brings what looks like a header that is compiled already."""
    (folder / "stdio.h.gch").write_bytes(b"gpch.014" + bytes(1000))
    (folder / "own.h").write_text("")
    (folder / "own.h.gch").write_bytes(b"gpch.014" + bytes(1000))
    (folder / "sum.cpp").write_text('#include "own.h"\n' + _GOOD)


def odd_names(folder: Path, _: Outside) -> None:
    """Brings files whose names break lists and terminals."""
    for name in ("a\nb.cpp", "\x1b[2J.h", "\u202egnp.h", "'\"`$x.h", "]]>.h", "a" * 250 + ".h"):
        (folder / name).write_text("")
    (os.fsencode(folder) + b"/\xff\xfe.h") and open(os.fsencode(folder) + b"/\xff\xfe.h", "wb").close()


def many_files(folder: Path, _: Outside) -> None:
    """Brings thousands of files."""
    for number in range(3000):
        (folder / f"file{number}.txt").write_text("")


def deep_folders(folder: Path, _: Outside) -> None:
    """Brings folders within folders."""
    folder.joinpath(*["deeper"] * 200).mkdir(parents=True)


def reports_of_its_own(folder: Path, _: Outside) -> None:
    """Brings reports, results and a cache of its own."""
    (folder / ".grade").mkdir()
    for name in (".grade/lab01-sum.junit.xml", "results.json", "grades.csv", "report.json"):
        (folder / name).write_text('{"points": 10, "verdict": "full_marks"}')
    (folder / "sum.cpp").write_text("int main() {}\n")


def course_of_its_own(folder: Path, _: Outside) -> None:
    """Brings a course, in which it gets full marks for nothing."""
    (folder / "course.toml").write_text('title = "Mine"\n')
    (folder / "lab.toml").write_text("[lab]\nnumber = 1\n")
    (folder / "checks").write_text("#!/bin/sh\ntouch /tmp/mark\n")
    (folder / "sum.cpp").write_text("int main() {}\n")


def python_of_its_own(folder: Path, _: Outside) -> None:
    """Brings a Python form that puts its own modules before the system's."""
    _replace(folder)
    (folder / "sum.py").write_text("import os, sys\na, b = map(int, input().split())\nprint(a + b)\nopen('result', 'w').write(f'{a + b}\\n')\n")
    for name in ("os", "traceback", "sitecustomize", "usercustomize", "encodings"):
        (folder / f"{name}.py").write_text("open('/tmp/mark', 'w')\nraise SystemExit(0)\n")


def links_everywhere(folder: Path, outside: Outside) -> None:
    """Brings hundreds of links: to itself, to each other, to the machine, to nowhere."""
    for number in range(300):
        for kind, target in (("h", "/proc/self/environ"), ("hpp", f"next{number + 1}.h"), ("txt", "."), ("d", "/")):
            (folder / f"next{number}.{kind}").symlink_to(target)
    (folder / "sum.h").symlink_to(outside.secret)
    (folder / "inner").mkdir()
    (folder / "inner/up").symlink_to("..")


def header_turns_text_round(folder: Path, _: Outside) -> None:
    """Has an error in a header whose name turns text round and orders terminals about."""
    (folder / "\u202e\x1b[2J]]>&.h").write_text("int x = unknown;\n")
    (folder / "sum.cpp").write_text('#include "\u202e\x1b[2J]]>&.h"\n' + _GOOD)


def _report(folder: Path) -> Path:
    (folder / ".grade").mkdir()
    return folder / ".grade/lab01-sum.junit.xml"


def _listen(path: Path) -> None:
    previous = os.getcwd()
    os.chdir(path.parent)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(previous)


def report_is_pipe(folder: Path, _: Outside) -> None:
    """Has a pipe where its report goes, on which a writer would wait for ever."""
    os.mkfifo(_report(folder))


def report_is_socket(folder: Path, _: Outside) -> None:
    """Has a socket where its report goes."""
    _listen(_report(folder))


def report_is_link_to_secret(folder: Path, outside: Outside) -> None:
    """Has a link to a file of others where its report goes."""
    _report(folder).symlink_to(outside.secret)


def report_is_link_to_device(folder: Path, _: Outside) -> None:
    """Has a link to a device where its report goes."""
    _report(folder).symlink_to("/dev/full")


def report_has_a_draft(folder: Path, outside: Outside) -> None:
    """Has links to a file of others where a report's draft may be."""
    for name in ("lab01-sum.junit.xml.part", ".lab01-sum.junit.xml.1.part", ".gitignore"):
        _report_link(folder, name, outside.secret)


def _report_link(folder: Path, name: str, target: Path) -> None:
    (folder / ".grade").mkdir(exist_ok=True)
    (folder / ".grade" / name).symlink_to(target)


def report_is_folder(folder: Path, _: Outside) -> None:
    """Has a folder where its report goes."""
    _report(folder).mkdir()


def reports_folder_is_pipe(folder: Path, _: Outside) -> None:
    """Has a pipe where the folder of its report goes."""
    os.mkfifo(folder / ".grade")


def reports_folder_is_link(folder: Path, outside: Outside) -> None:
    """Has a link to a folder of others where the folder of its report goes."""
    (folder / ".grade").symlink_to(outside.secret.parent)


def reports_folder_is_file(folder: Path, _: Outside) -> None:
    """Has a file where the folder of its report goes."""
    (folder / ".grade").write_text("mine\n")


_AT_HOME = {
    report_is_pipe, report_is_socket, report_is_link_to_secret, report_is_link_to_device, report_has_a_draft,
    report_is_folder, reports_folder_is_pipe, reports_folder_is_link, reports_folder_is_file,
}


def _attack(make, gets: str) -> Attack:
    return Attack("folder/" + make.__name__, "sum", gets, make, make.__doc__.strip(), at_home=make in _AT_HOME)


def attacks() -> list[Attack]:
    gets = {
        "all": (orders_to_tools, tools_of_its_own, precompiled_header, odd_names, many_files, deep_folders, python_of_its_own,
                links_everywhere, report_is_pipe, report_is_socket, report_is_link_to_secret, report_is_link_to_device,
                report_has_a_draft),
        "none": (reports_of_its_own, course_of_its_own),
        "not built": (source_is_link_to_secret, source_is_link_to_passwd, source_is_link_to_reference,
                      source_is_huge, header_is_link_to_secret, header_is_pipe,
                      folder_is_link_outside, header_turns_text_round),
        "refused": (source_is_pipe, source_is_folder, source_is_endless, source_is_loop, report_is_folder,
                    reports_folder_is_pipe, reports_folder_is_link, reports_folder_is_file),
    }
    return [_attack(make, verdict) for verdict, makers in gets.items() for make in makers]
