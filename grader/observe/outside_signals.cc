#include "grader/observe/outside_signals.h"

#include <fcntl.h>
#include <signal.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string>

#include "grader/observe/open_files.h"
#include "grader/observe/task_files.h"
#include "grader/os/files.h"

namespace grader::observe {
namespace {

constexpr std::uint64_t MaskOf(std::initializer_list<int> signals) {
  std::uint64_t mask = 0;
  for (const int signal : signals) mask |= std::uint64_t{1} << (signal - 1);
  return mask;
}

// Signals that a check has no reason to send: faults, what the kernel sends by itself, and those of glibc's own (32,
// 33).
constexpr std::uint64_t kNotSent = MaskOf({SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGCHLD, SIGPIPE, 32, 33});

std::uint64_t HandledSignals(pid_t host_tid) {
  constexpr std::string_view kField = "\nSigCgt:";
  const auto status = os::ReadFileAt(os::kHere, ("/proc/" + std::to_string(host_tid) + "/status").c_str());
  const std::size_t at = status ? status->find(kField) : std::string::npos;
  // What cannot be read may be anything.
  if (at == std::string::npos) return ~std::uint64_t{0};
  return std::strtoull(status->c_str() + at + kField.size(), nullptr, 16);
}

// "flags:	0102002", in octal (proc_pid_fdinfo(5)).
bool SendsSignals(pid_t host_tid, int descriptor) {
  constexpr std::string_view kField = "flags:";
  const std::string info = ReadDescriptorInfo(host_tid, descriptor);
  const std::size_t at = info.find(kField);
  return at != info.npos && (std::strtoul(info.c_str() + at + kField.size(), nullptr, 8) & O_ASYNC) != 0;
}

}  // namespace

Outside OutsideOf(const RunView& run, const TaskTree& tree) {
  for (const TaskView& task : run.tasks) {
    if (run.may_be_signaled && task.process == 0 && (HandledSignals(task.host_tid) & ~kNotSent) != 0) {
      return Outside::kMayAct;
    }
  }
  for (const auto& [pid, process] : tree.processes) {
    const auto alive = std::find_if(process.threads.begin(), process.threads.end(),
                                    [](const TaskTree::Thread& thread) { return !thread.ended(); });
    if (alive == process.threads.end()) continue;
    for (const OpenDescriptor& open : ReadDescriptors(alive->host_tid)) {
      if (SendsSignals(alive->host_tid, open.number)) return Outside::kMayAct;
    }
  }
  return Outside::kPassive;
}

}  // namespace grader::observe
