// One process holds a lock and waits for a message of the other, which waits for the lock.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

int main() {
  int ends[2], locked[2];
  pipe(ends);
  pipe(locked);
  char c;
  if (fork() == 0) {
    close(ends[0]);
    read(locked[0], &c, 1);
    const int file = open("ledger", O_RDWR);
    struct flock whole {};
    whole.l_type = F_WRLCK;
    fcntl(file, F_SETLKW, &whole);  // stuck
    write(ends[1], "x", 1);
    _exit(0);
  }
  close(ends[1]);
  const int file = open("ledger", O_RDWR | O_CREAT, 0600);
  struct flock whole {};
  whole.l_type = F_WRLCK;
  fcntl(file, F_SETLKW, &whole);
  write(locked[1], "x", 1);
  read(ends[0], &c, 1);  // holder
}
