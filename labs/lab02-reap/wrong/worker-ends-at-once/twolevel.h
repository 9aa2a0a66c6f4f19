// reap twolevel
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"
#include "family.h"
#include "gate.h"
#include "watched.h"

namespace lab {

inline int TwoLevel() {
  Gate adopted;
  Introduction introduction;
  Family family;
  const pid_t father = StartChild([&] {
    StartChild([&] {
      adopted.LetGo();
      introduction.Send();
      adopted.Wait();
      PrintLine("worker " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
      return 0;
    });
    return 0;  // at once: the worker is to be an orphan
  });
  family.Add(father);
  const Watched worker(introduction.Receive());  // safe: it cannot end before the gate opens
  const int status = family.Wait(father);
  adopted.Open();
  worker.WaitForEnd();
  return status == 0 ? 0 : 1;
}

}  // namespace lab
