// Opens files by number instead of name.
// gets: all
#include "attack.h"

int main() {
  struct {
    unsigned size = 8;
    int type = 1;
    unsigned char id[8] = {2};
  } handle;
  Refused(syscall(SYS_open_by_handle_at, AT_FDCWD, &handle, O_RDONLY), "open_by_handle_at");
  Work();
}
