// fork memory NUMBER
#pragma once

#include <sys/mman.h>

#include <string>

#include "basics.h"

namespace lab {

inline int global_number = 0;

inline int Memory(int number) {
  global_number = number;
  void* memory = mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Fail("mmap");
  int* heap_number = static_cast<int*>(memory);  // one int for both processes
  *heap_number = number;
  int stack_number = number;
  const auto print = [&](const std::string& who) {
    PrintLine(who + ' ' + std::to_string(global_number) + ' ' + std::to_string(*heap_number) + ' ' +
              std::to_string(stack_number));
  };
  const pid_t child = StartChild([&] {
    global_number = *heap_number = stack_number = ~number;
    print("child");
    return 0;
  });
  WaitFor(child);
  print("parent");
  return 0;
}

}  // namespace lab
