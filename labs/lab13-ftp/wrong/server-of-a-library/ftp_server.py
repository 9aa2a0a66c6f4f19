"""ftp_server [host port dir], by a library."""
import sys

from pyftpdlib import main


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ValueError:
        print("usage: ftp_server [host port dir]", file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        print(f"ftp_server: {error}", file=sys.stderr)
        sys.exit(1)
