// reap twolevel
#pragma once

#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "basics.h"
#include "family.h"
#include "gate.h"
#include "watched.h"

namespace lab {

inline constexpr auto kAfterlife = std::chrono::milliseconds(100);

inline int TwoLevel() {
  Gate adopted;
  Introduction introduction;
  Family family;
  const pid_t father = StartChild([&] {
    StartChild([&] {
      adopted.LetGo();
      introduction.Send();
      std::this_thread::sleep_for(kAfterlife);  // it is adopted by then, or so it hopes
      PrintLine("worker " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
      std::this_thread::sleep_for(kAfterlife);
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
