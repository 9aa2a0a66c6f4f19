// Changes the system that others see.
// gets: all
#include <sys/stat.h>

#include "attack.h"

int main() {
  Refused(open("/usr/bin/marked", O_CREAT | O_WRONLY, 0755), "/usr/bin");
  Refused(open("/etc/passwd", O_WRONLY), "/etc/passwd");
  Refused(open("/etc/ld.so.preload", O_CREAT | O_WRONLY, 0644), "/etc/ld.so.preload");
  Refused(open("/marked", O_CREAT | O_WRONLY, 0644), "/");
  Refused(open("/dev/marked", O_CREAT | O_WRONLY, 0644), "/dev");
  Refused(unlink("/usr/bin/g++"), "/usr/bin/g++");
  Refused(utimensat(AT_FDCWD, "/usr/bin/g++", nullptr, 0), "times of /usr/bin/g++");
  Refused(symlink("/work", "/box/link"), "a link in /box");
  Work();
}
