#include "grader/observe/schedule_text.h"

#include <fmt/format.h>
#include <linux/futex.h>
#include <seccomp.h>
#include <sys/file.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include "grader/observe/outcome.h"

namespace grader::observe {
namespace {

using Kind = ScheduleStep::Kind;

struct Free {
  void operator()(char* text) const { std::free(text); }
};

// As the program's source calls it.
std::string CallName(int call) {
  const std::unique_ptr<char, Free> name(::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, call));
  std::string_view text = name != nullptr ? name.get() : "a system call";
  if (text.starts_with("rt_")) text.remove_prefix(3);
  if (call == SYS_exit_group) text = "exit";
  if (call == SYS_newfstatat) text = "stat";
  if (call == SYS_pread64) text = "pread";
  if (call == SYS_pwrite64) text = "pwrite";
  if (call == SYS_clone) text = "fork or a new thread";
  return std::string(text);
}

std::string Quoted(std::string_view bytes) {
  std::string text = "\"";
  for (const char byte : bytes) {
    if (byte == '\n') {
      text += "\\n";
    } else if (std::isprint(static_cast<unsigned char>(byte)) != 0) {
      text += byte;
    } else {
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    }
  }
  return text + '"';
}

std::string LockOperation(std::uint64_t operation) {
  const std::string wait = (operation & LOCK_NB) != 0 ? " | LOCK_NB" : "";
  switch (operation & ~static_cast<std::uint64_t>(LOCK_NB)) {
    case LOCK_SH:
      return "LOCK_SH" + wait;
    case LOCK_EX:
      return "LOCK_EX" + wait;
    default:
      return "LOCK_UN";
  }
}

std::string FutexOperation(std::uint64_t operation) {
  const auto command = operation & FUTEX_CMD_MASK;
  const bool wakes = command == FUTEX_WAKE || command == FUTEX_WAKE_BITSET || command == FUTEX_UNLOCK_PI;
  return wakes ? "wake" : "wait";
}

std::string Arguments(const ScheduleStep& step) {
  const auto number = [&](int i) { return std::to_string(static_cast<int>(step.arguments[i])); };
  const auto signal = [&](int i) { return SignalName(static_cast<int>(step.arguments[i])); };
  switch (step.call) {
    case SYS_kill:
    case SYS_tkill:
      return number(0) + ", " + signal(1);
    case SYS_tgkill:
      return number(1) + ", " + signal(2);
    case SYS_rt_sigaction:
      return signal(0);
    case SYS_write:
    case SYS_pwrite64:
      return number(0) + ", " + Quoted(step.subject);
    case SYS_flock:
      return number(0) + ", " + LockOperation(step.arguments[1]);
    case SYS_futex:
      return FutexOperation(step.arguments[1]);
    case SYS_read:
    case SYS_pread64:
    case SYS_close:
    case SYS_wait4:
    case SYS_exit:
    case SYS_exit_group:
    case SYS_lseek:
    case SYS_dup:
      return number(0);
    case SYS_dup2:
      return number(0) + ", " + number(1);
    default:
      return step.subject.empty() ? "" : Quoted(step.subject);
  }
}

std::string Result(const ScheduleStep& step) {
  constexpr std::int64_t kLastErrno = -511;
  if (!step.result) return "";
  if (*step.result >= 0) return fmt::format(" = {}", *step.result);
  if (*step.result < kLastErrno) return ", cut short by a signal";
  const char* const name = strerrorname_np(static_cast<int>(-*step.result));
  return fmt::format(" = -1 {}", name != nullptr ? name : "");
}

std::string Event(const ScheduleStep& step) {
  switch (step.kind) {
    case Kind::kBegins:
      return " begins";
    case Kind::kCalls:
      return ": " + TellCall(step) + Result(step);
    case Kind::kReturns:
      return " goes on after its wait";
    case Kind::kPutBack:
      return " is held" + (step.call < 0 ? "" : " before " + TellCall(step)) + ": the others go first";
    case Kind::kSleepSkipped:
      return ": " + TellCall(step) + " is over";
    case Kind::kSignalFirst:
      return " gets a signal before " + TellCall(step);
    case Kind::kHeld:
      return " is held until nobody else can go on";
    case Kind::kKilled:
      return " is killed by the check";
  }
  return "";
}

}  // namespace

std::string TellCall(const ScheduleStep& step) {
  if (step.call == SYS_clone) return CallName(step.call);
  return CallName(step.call) + "(" + Arguments(step) + ")";
}

std::string NameOf(const Observation& seen, const ScheduleStep& step) {
  std::string name = "the program";
  const auto& processes = seen.processes;
  const auto index = static_cast<std::size_t>(step.process);
  if (step.process > 0 && index < processes.size()) {
    const bool is_child = processes[index].parent == 0;
    const auto before = std::count_if(processes.begin() + 1, processes.begin() + step.process + 1,
                                      [](const ProcessRecord& process) { return process.parent == 0; });
    name = is_child ? fmt::format("child {}", before) : fmt::format("process {}", step.process);
  }
  if (step.thread > 0) name += fmt::format(", thread {}", step.thread);
  return name;
}

std::vector<std::string> TellSteps(const Observation& seen, std::size_t last) {
  std::vector<std::string> lines;
  const std::size_t first = seen.steps.size() - std::min(last, seen.steps.size());
  for (std::size_t i = first; i < seen.steps.size(); ++i) {
    const ScheduleStep& step = seen.steps[i];
    lines.push_back(fmt::format("{}. {}{}", step.number, NameOf(seen, step), Event(step)));
  }
  return lines;
}

}  // namespace grader::observe
