// reap twolevel
#pragma once

#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "basics.h"
#include "gate.h"
#include "watched.h"

namespace lab {

// The worker sees its father's end by itself; nobody reaps the father.
inline int TwoLevel() {
  Introduction introduction;
  StartChild([&] {
    const pid_t father = getpid();
    StartChild([&] {
      const Watched end_of_father(father);
      introduction.Send();
      end_of_father.WaitForEnd();
      PrintLine("worker " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      return 0;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return 0;
  });
  const Watched worker(introduction.Receive());
  worker.WaitForEnd();
  return 0;
}

}  // namespace lab
