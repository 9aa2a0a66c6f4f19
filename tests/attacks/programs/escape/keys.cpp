// Uses the keys of the user outside.
// gets: all
#include "attack.h"

int main() {
  Refused(syscall(SYS_add_key, "user", "name", "x", 1, -4), "add_key");
  Refused(syscall(SYS_keyctl, 0, -3, 1), "keyctl");
  Refused(syscall(SYS_request_key, "user", "name", nullptr, -4), "request_key");
  Work();
}
