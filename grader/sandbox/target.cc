#include "grader/sandbox/target.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grader/os/files.h"
#include "grader/os/namespaces.h"
#include "grader/os/privileges.h"
#include "grader/os/signals.h"
#include "grader/sandbox/set_up.h"
#include "grader/sandbox/world.h"

namespace grader::sandbox {
namespace {

// Where the way back to the grader stays until exec closes it.
constexpr int kNoticesEnd = 3;

os::Errno LeaveSession(const LaunchPlan&) noexcept {
  os::UnblockAllSignals();
  ::umask(022);
  return ::setsid() < 0 ? errno : 0;
}

os::Errno PreferAsOutOfMemoryVictim(const LaunchPlan&) noexcept {
  // Rather the program than init, whose end would tell nothing about the program.
  return os::WriteFileAt(os::kHere, "/proc/self/oom_score_adj", "500");
}

os::Errno SetLimits(const LaunchPlan& plan) noexcept {
  const Limits& limits = plan.order.limits;
  // Two seconds above: the sum over all processes is the observer's to judge, this only ends what outlives it.
  const auto cpu = std::chrono::ceil<std::chrono::seconds>(limits.cpu_time).count() + 2;
  struct {
    int resource;
    std::uint64_t value;
    bool wanted;
  } const table[] = {
      {RLIMIT_CORE, 0, true},
      {RLIMIT_NOFILE, static_cast<std::uint64_t>(limits.open_files), true},
      {RLIMIT_FSIZE, limits.file_size.count, true},
      {RLIMIT_CPU, static_cast<std::uint64_t>(cpu), true},
      {RLIMIT_NPROC, plan.user_has + static_cast<std::uint64_t>(limits.processes), !plan.counts_processes},
      // Address space is far more than memory in use; only there to stop what would take the machine down.
      {RLIMIT_AS, limits.memory.count * 4 + os::MiB(1024).count, !plan.counts_memory},
  };
  for (const auto& row : table) {
    if (!row.wanted) continue;
    if (const os::Errno error = os::LimitResource(row.resource, row.value)) return error;
  }
  return 0;
}

os::Errno EnterDirectory(const LaunchPlan& plan) noexcept {
  return ::chdir(plan.order.command.directory.c_str()) == 0 ? 0 : errno;
}

os::Errno FixAddresses(const LaunchPlan& plan) noexcept {
  // Some machines forbid it, and the program may run all the same.
  if (plan.order.command.addresses == Addresses::kFixed) os::FixAddresses();
  return 0;
}

os::Errno DropCapabilities(const LaunchPlan&) noexcept { return os::DropCapabilities(); }
os::Errno ForbidNewPrivileges(const LaunchPlan&) noexcept { return os::ForbidNewPrivileges(); }
os::Errno AllowInspection(const LaunchPlan&) noexcept {
  // Otherwise an unprivileged tracer is refused (ptrace(2), access mode checking), and so is our own /proc/self.
  return os::SetInspection(os::Inspection::kAllow);
}

os::Errno EnterLandlock(const LaunchPlan& plan) noexcept {
  if (plan.landlock == 0) return 0;
  // /dev and /proc hold what exists and may be written (null, a thread's own name) and where nothing can be made.
  static constexpr os::WritableFolder kFolders[] = {
      {"/work", os::Writing::kEverything},    {"/tmp", os::Writing::kEverything},
      {"/dev/shm", os::Writing::kEverything}, {"/dev/mqueue", os::Writing::kEverything},
      {"/dev", os::Writing::kNodesOnly},      {"/proc", os::Writing::kNodesOnly},
  };
  return os::RestrictWriting(kFolders, plan.landlock);
}

os::Errno ConnectStreams(const LaunchPlan& plan) noexcept {
  if (const os::Errno error = os::Redirect(plan.end(kStdin), STDIN_FILENO)) return error;
  if (const os::Errno error = os::Redirect(plan.end(kStdout), STDOUT_FILENO)) return error;
  if (const os::Errno error = os::Redirect(plan.end(kStderr), STDERR_FILENO)) return error;
  // Whatever was at this number has been copied already.
  if (plan.end(kNotices) != kNoticesEnd && ::dup3(plan.end(kNotices), kNoticesEnd, O_CLOEXEC) < 0) return errno;
  return os::CloseFrom(kNoticesEnd + 1);
}

os::Errno BecomeOwnUser(const LaunchPlan& plan) noexcept {
  if (::geteuid() != 0) return 0;
  if (const os::Errno error = os::EmptyBoundingSet()) return error;
  if (const os::Errno error = os::BecomeUser(plan.user, plan.group)) return error;
  // Changing ids forbade it.
  return os::SetInspection(os::Inspection::kAllow);
}

os::Errno EnterLandlockOfMachine(const LaunchPlan& plan) noexcept {
  return os::RestrictFiles(plan.usable, plan.landlock);
}

constexpr Step kInside[] = {
    {"leave the session", LeaveSession},
    {"allow tracing", AllowInspection},
    {"prefer the target as out-of-memory victim", PreferAsOutOfMemoryVictim},
    {"set resource limits", SetLimits},
    {"enter the working directory", EnterDirectory},
    {"fix addresses", FixAddresses},
    {"drop capabilities", DropCapabilities},
    {"set no_new_privs", ForbidNewPrivileges},
    {"enter Landlock", EnterLandlock},
};

constexpr Step kOutside[] = {
    {"leave the session", LeaveSession},
    {"allow tracing", AllowInspection},
    {"prefer the target as out-of-memory victim", PreferAsOutOfMemoryVictim},
    {"set resource limits", SetLimits},
    {"enter the working directory", EnterDirectory},
    {"fix addresses", FixAddresses},
};

constexpr Step kOutsideReleased[] = {
    {"become the sandbox's user", BecomeOwnUser},
    {"drop capabilities", DropCapabilities},
    {"set no_new_privs", ForbidNewPrivileges},
    {"enter Landlock", EnterLandlockOfMachine},
};

// False if the grader has gone instead.
bool WaitForRelease(int release) noexcept {
  char byte;
  ssize_t got;
  do got = ::read(release, &byte, 1);
  while (got < 0 && errno == EINTR);
  return got == 1;
}

}  // namespace

std::span<const Step> TargetStepsInside() noexcept { return kInside; }
std::span<const Step> TargetStepsOutside() noexcept { return kOutside; }
std::span<const Step> TargetStepsOutsideReleased() noexcept { return kOutsideReleased; }

[[noreturn]] void RunTarget(const LaunchPlan& plan) noexcept {
  if (const StepFailure failure = RunSteps(plan.world->before_release, plan); failure.name != nullptr) {
    ReportFailure(plan.end(kNotices), Report::Kind::kSetUpFailed, failure);
    ::_exit(127);
  }
  os::SendMessage(plan.end(kNotices), BytesOf(Report{}));
  if (!WaitForRelease(plan.end(kRelease))) ::_exit(127);
  if (const StepFailure failure = RunSteps(plan.world->after_release, plan); failure.name != nullptr) {
    ReportFailure(plan.end(kNotices), Report::Kind::kSetUpFailed, failure);
    ::_exit(127);
  }
  if (const os::Errno error = ConnectStreams(plan)) {
    ReportFailure(plan.end(kNotices), Report::Kind::kSetUpFailed, {"connect stdin, stdout and stderr", error});
    ::_exit(127);
  }
  // The last thing before exec: the filter may tell a tracer of the very calls a set-up makes.
  if (const os::Errno error = os::LoadFilter(plan.order.filter)) {
    ReportFailure(kNoticesEnd, Report::Kind::kSetUpFailed, {"load the system call filter", error});
    ::_exit(127);
  }
  ::execve(plan.argv[0], plan.argv.data(), plan.environment.data());
  ReportFailure(kNoticesEnd, Report::Kind::kExecFailed, {"execve", errno});
  ::_exit(127);
}

}  // namespace grader::sandbox
