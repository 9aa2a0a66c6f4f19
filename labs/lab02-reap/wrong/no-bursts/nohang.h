// reap nohang N
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

#include "basics.h"
#include "family.h"
#include "gate.h"

namespace lab {

// The children end one by one.
inline int NoHang(int count) {
  Gate start;
  Family family;
  for (int number = 0; number < count; ++number) {
    family.Add(StartChild([&] {
      start.LetGo();
      start.Wait();
      std::this_thread::sleep_for(std::chrono::milliseconds(25 * number));
      return 0;
    }));
  }
  start.Open();
  while (!family.empty()) {
    PrintLine("tick");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    family.ReapTheDead();
  }
  return 0;
}

}  // namespace lab
