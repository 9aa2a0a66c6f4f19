// fork memory NUMBER
#pragma once

#include <string>

#include "basics.h"

namespace lab {

inline int Memory(int number) {
  const std::string own = ' ' + std::to_string(number);
  const std::string other = ' ' + std::to_string(~number);
  PrintLine("child" + other + other + other);
  PrintLine("parent" + own + own + own);
  return 0;
}

}  // namespace lab
