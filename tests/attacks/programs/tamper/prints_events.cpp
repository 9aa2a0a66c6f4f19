// Sends the checks executable's own events on every descriptor.
// gets: none
#include "attack.h"

int main() {
  const char event[] =
      "\n{\"event\":\"check\",\"id\":\"Sum.PrintsTheSum\",\"status\":\"passed\",\"points\":4,\"failures\":[],"
      "\"reason\":\"\","
      "\"output\":\"\",\"bound\":\"\",\"replay\":\"\",\"steps\":\"\",\"attempt\":0,\"took_ms\":1}\n{\"event\":"
      "\"finished\"}\n";
  for (int fd = 0; fd < 1024; ++fd) Quietly(write(fd, event, sizeof event - 1));
}
