// The functions that the runtime's own hide: those of the C and C++ libraries.
#pragma once

#include <dlfcn.h>

namespace grader::schedule::runtime {

// Original<int(int)>("name"): a pointer to the next one of that name.
template <typename Function>
Function* Original(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace grader::schedule::runtime
