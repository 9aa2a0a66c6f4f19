// fork memory NUMBER
#pragma once

#include <memory>
#include <string>

#include "basics.h"
#include "pipe.h"

namespace lab {

inline int global_number = 0;

inline int Memory(int number) {
  global_number = number;
  const auto heap_number = std::make_unique<int>(number);
  int stack_number = number;

  const auto print = [&](const std::string& who) {
    PrintLine(who + ' ' + std::to_string(global_number) + ' ' + std::to_string(*heap_number) + ' ' +
              std::to_string(stack_number));
  };
  Pipe permission;
  const pid_t child = StartChild([&] {
    permission.read_end.Get();
    global_number = ~number;  // never equal to number, and no int overflows
    *heap_number = ~number;
    stack_number = ~number;
    print("child");
    return 0;
  });
  const int status = WaitFor(child);  // the child has made its changes: to its own copy
  permission.write_end.Put('.');
  print("parent");
  return status == 0 ? 0 : 1;
}

}  // namespace lab
