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

// The worker prints its line while its father still lives.
inline int TwoLevel() {
  Gate printed;
  Introduction introduction;
  Family family;
  const pid_t father = StartChild([&] {
    StartChild([&] {
      PrintLine("worker " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
      printed.Open();
      introduction.Send();
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      return 0;
    });
    printed.LetGo();
    printed.Wait();
    return 0;
  });
  family.Add(father);
  printed.LetGo();
  const Watched worker(introduction.Receive());
  family.Wait(father);
  worker.WaitForEnd();
  return 0;
}

}  // namespace lab
