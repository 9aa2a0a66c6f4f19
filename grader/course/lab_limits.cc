#include "grader/course/lab_limits.h"

#include "grader/course/quantity.h"

namespace grader::course {
namespace {

constexpr auto kMostCpuTime = std::chrono::hours(1);
constexpr os::Bytes kLeastMemory = os::MiB(16);  // less does not start a C++ program, let alone Python
constexpr os::Bytes kMostMemory = os::MiB(64 << 10);
constexpr IntRange kProcesses{1, 100'000};

}  // namespace

LabLimits ReadLimits(const TomlTable& file) {
  LabLimits limits;
  const auto table = file.OptionalTable("limits");
  if (!table) return limits;
  table->AllowOnly({"cpu", "memory", "processes"});
  if (const auto text = table->OptionalString("cpu")) {
    limits.cpu_time = ParseDuration(*text);
    if (!limits.cpu_time || *limits.cpu_time > kMostCpuTime) {
      throw table->Wrong("cpu", "'cpu' is \"" + *text + "\"; write a time up to \"1h\", such as \"10s\" or \"500ms\"");
    }
  }
  if (const auto text = table->OptionalString("memory")) {
    limits.memory = ParseBytes(*text);
    if (!limits.memory || *limits.memory < kLeastMemory || *limits.memory > kMostMemory) {
      throw table->Wrong("memory",
                         "'memory' is \"" + *text + "\"; write a size from \"16MiB\" to \"64GiB\", such as \"512MiB\"");
    }
  }
  limits.processes = table->OptionalInteger("processes", kProcesses);
  return limits;
}

}  // namespace grader::course
