// For clang's libFuzzer (https://llvm.org/docs/LibFuzzer.html).
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  grader::fuzz::Try({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
