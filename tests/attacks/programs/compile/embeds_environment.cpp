// Embeds the compiler's environment, to look for secrets in it.
// gets: all
#include "attack.h"

asm(".data\nenvironment: .incbin \"/proc/self/environ\"\nenvironment_end: .byte 0\n.text");
extern char environment[] asm("environment");
extern char environment_end[] asm("environment_end");

int main() {
  if (memmem(environment, static_cast<size_t>(environment_end - environment), "SECRET", 6) != nullptr)
    Breach("a secret");
  Work();
}
