// Takes the terminal of whoever started the grader, and types into it.
// gets: all
#include <sys/ioctl.h>
#include <termios.h>

#include "attack.h"

int main() {
  for (const char* device :
       {"/dev/tty", "/dev/tty1", "/dev/ttyS0", "/dev/pts/0", "/dev/ptmx", "/dev/vcs", "/proc/1/fd/0"}) {
    Refused(open(device, O_RDWR | O_NOCTTY), device);
  }
  char command[] = "touch /tmp/mark\n";
  for (int fd = 0; fd < 3; ++fd) {
    termios settings;
    Refused(tcgetattr(fd, &settings), "a stream is a terminal");
    Refused(ioctl(fd, TIOCSCTTY, 1), "a terminal is controlled");
    for (char& letter : command) Refused(ioctl(fd, TIOCSTI, &letter), "typed");
  }
  if (tcgetsid(0) >= 0 || getsid(0) == getsid(getppid())) Breach("a session of others");
  Work();
}
