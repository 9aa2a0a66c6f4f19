// Leaves files behind whose names order terminals about and turn text round.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as it may write in folders of its own only
#include "attack.h"

int main() {
  Work();
  for (const char* name : {"/tmp/\x1b[2J\x1b]0;title\x07", "/tmp/\u202egnp.exe", "/tmp/a\nPASSED  all  10 of 10 points",
                           "/tmp/]]><script>alert(1)<", "/tmp/\xff\xfe", "/dev/shm/::error::x"}) {
    close(open(name, O_CREAT | O_WRONLY, 0666));
  }
}
