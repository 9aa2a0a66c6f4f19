// Tells libFuzzer where the readers were. GCC calls a function at each basic block (-fsanitize-coverage=trace-pc),
// which in libFuzzer does nothing and is replaced here (ld's --wrap); but libFuzzer reads counters that a program keeps
// by itself in a section of this name (https://llvm.org/docs/LibFuzzer.html). Comparisons are told in a way that both
// know.
#include <cstdint>

// NOLINTBEGIN(bugprone-reserved-identifier): the names are GCC's, libFuzzer's and ld's
extern "C" const char __executable_start;  // ld's: where the program was put, which is another place each time

namespace {

constexpr std::uintptr_t kPlaces = 1 << 16;
[[gnu::section("__libfuzzer_extra_counters")]] std::uint8_t visits[kPlaces];

}  // namespace

extern "C" void __wrap___sanitizer_cov_trace_pc() {
  const auto start = reinterpret_cast<std::uintptr_t>(&__executable_start);
  const auto place = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0)) - start;
  ++visits[(place ^ place >> 16) % kPlaces];
}

// GCC tells of floating-point comparisons too, which libFuzzer has no use for.
extern "C" void __sanitizer_cov_trace_cmpf(float, float) {}
extern "C" void __sanitizer_cov_trace_cmpd(double, double) {}
// NOLINTEND(bugprone-reserved-identifier)
