#include "grader/report/machine.h"

#include <sched.h>
#include <sys/utsname.h>

#include <fstream>
#include <string_view>

namespace grader::report {
namespace {

// PRETTY_NAME of os-release(5).
std::string SystemName() {
  std::ifstream file("/etc/os-release");
  constexpr std::string_view kKey = "PRETTY_NAME=";
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kKey)) {
      continue;
    }
    std::string name = line.substr(kKey.size());
    if (name.size() >= 2 && (name.front() == '"' || name.front() == '\'') && name.back() == name.front()) {
      name = name.substr(1, name.size() - 2);
    }
    return name;
  }
  return "unknown";
}

int ProcessorCount() {
  cpu_set_t processors;
  CPU_ZERO(&processors);
  return sched_getaffinity(0, sizeof processors, &processors) == 0 ? CPU_COUNT(&processors) : 1;
}

}  // namespace

Machine ThisMachine() {
  Machine machine{.host = "localhost", .system = SystemName(), .kernel = "unknown", .processors = ProcessorCount()};
  utsname names;
  if (uname(&names) == 0) {
    machine.kernel = names.release;
    if (names.nodename[0] != '\0') {
      machine.host = names.nodename;
    }
  }
  return machine;
}

}  // namespace grader::report
