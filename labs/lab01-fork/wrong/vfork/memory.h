// fork memory NUMBER
#pragma once

#include <unistd.h>

#include <memory>
#include <string>

#include "basics.h"

namespace lab {

inline int global_number = 0;

inline void Show(const char* who, int global, int heap, int stack) {
  PrintLine(std::string(who) + ' ' + std::to_string(global) + ' ' + std::to_string(heap) + ' ' + std::to_string(stack));
}

inline int Memory(int number) {
  global_number = number;
  const auto heap_number = std::make_unique<int>(number);
  volatile int stack_number = number;
  const pid_t child = vfork();  // the child runs in its parent's memory
  if (child == -1) Fail("vfork");
  if (child == 0) {
    global_number = *heap_number = ~number;
    stack_number = ~number;
    Show("child", global_number, *heap_number, stack_number);
    _exit(0);
  }
  WaitFor(child);
  Show("parent", global_number, *heap_number, stack_number);
  return 0;
}

}  // namespace lab
