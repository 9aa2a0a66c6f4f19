// reap twolevel
#pragma once

#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "basics.h"
#include "family.h"
#include "gate.h"

namespace lab {

inline constexpr auto kAfterlife = std::chrono::milliseconds(400);

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
      std::this_thread::sleep_for(kAfterlife);
      return 0;
    });
    return 0;  // at once: the worker is to be an orphan
  });
  family.Add(father);
  introduction.Receive();
  const int status = family.Wait(father);
  adopted.Open();
  return status == 0 ? 0 : 1;
}

}  // namespace lab
