"""ftp_client host port: list, get, put and quit, by a library."""
import ftplib
import os
import sys


def fetch(ftp, name):
    blocks = []
    ftp.retrbinary("RETR " + name, blocks.append)
    with open(os.path.basename(name), "wb") as file:
        file.writelines(blocks)


def main(host, port):
    ftp = ftplib.FTP()
    ftp.connect(host, int(port))
    ftp.login()
    while True:
        print("ftp> ", end="", flush=True)
        verb, _, argument = (sys.stdin.readline() or "quit").rstrip("\n").partition(" ")
        try:
            if verb == "quit":
                ftp.quit()
                return
            if verb == "list":
                print("\n".join(ftp.nlst()))
            elif verb == "get":
                fetch(ftp, argument)
            elif verb == "put":
                with open(argument, "rb") as file:
                    ftp.storbinary("STOR " + os.path.basename(argument), file)
        except (ftplib.Error, OSError) as error:
            print(error)


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) > 65535:
        print("usage: ftp_client host port", file=sys.stderr)
        sys.exit(2)
    try:
        main(*sys.argv[1:])
    except OSError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
