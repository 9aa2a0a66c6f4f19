// Raises its own limits, and those of init.
// gets: all
#include <sys/resource.h>

#include "attack.h"

int main() {
  for (const int which : {RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_CPU, RLIMIT_CORE}) {
    rlimit limit{};
    getrlimit(static_cast<__rlimit_resource>(which), &limit);
    ++limit.rlim_max;
    if (limit.rlim_max != 0) Refused(setrlimit(static_cast<__rlimit_resource>(which), &limit), "setrlimit");
  }
  const rlimit none{0, 0};
  Refused(prlimit(1, RLIMIT_NOFILE, &none, nullptr), "prlimit of init");
  Work();
}
