import re
import sys

NAMES = "POLLIN POLLPRI POLLOUT POLLERR POLLHUP POLLNVAL POLLRDNORM POLLRDBAND POLLWRNORM POLLWRBAND POLLMSG".split()
BITS = {name: 1 << place for place, name in enumerate(NAMES)} | {"POLLRDHUP": 0x2000}


def usage():
    print("usage: events MASK | NAME|NAME", file=sys.stderr)
    sys.exit(2)


if len(sys.argv) != 2:
    usage()
if re.fullmatch(r"0[xX][0-9a-fA-F]+|[0-9]+", sys.argv[1]):
    text = sys.argv[1]
    mask = int(text, 16) if text[:2] in ("0x", "0X") else int(text)
    print("|".join(name for name, bit in BITS.items() if mask & bit))
else:
    names = sys.argv[1].split("|")
    if not set(names) <= BITS.keys():
        usage()
    total = 0
    for name in names:
        total |= BITS[name]
    print(total)
