#include <fcntl.h>
#include <sys/stat.h>

int main() {
  mkfifo("mailbox", 0600);
  open("mailbox", O_RDONLY);  // stuck
}
