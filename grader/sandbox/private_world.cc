#include "grader/sandbox/world.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "grader/os/child.h"
#include "grader/os/files.h"
#include "grader/os/mounts.h"
#include "grader/os/namespaces.h"
#include "grader/os/privileges.h"
#include "grader/sandbox/target.h"

namespace grader::sandbox {
namespace {

os::Errno DieWithSpawner(const LaunchPlan&) noexcept { return os::DieWithParent(SIGKILL); }

os::Errno BecomeStudent(const LaunchPlan&) noexcept {
  os::NameProcess("init");
  if (const os::Errno error = os::BecomeUser(kStudent, kStudent)) return error;
  // Changing ids cleared it.
  if (const os::Errno error = os::DieWithParent(SIGKILL)) return error;
  return os::SetInspection(os::Inspection::kForbid);
}

os::Errno HideCgroups(const LaunchPlan&) noexcept { return os::Unshare(CLONE_NEWCGROUP); }
os::Errno NameHost(const LaunchPlan&) noexcept { return os::SetHostName("sandbox"); }
os::Errno MountProc(const LaunchPlan&) noexcept { return os::MountProc("/proc"); }
// What tells of the machine, or acts on it, and is no program's business. Of a file that is not there nothing is to be
// hidden.
os::Errno MaskProc(const LaunchPlan&) noexcept {
  for (const char* path : {"/proc/cmdline", "/proc/kcore", "/proc/keys", "/proc/key-users", "/proc/latency_stats",
                           "/proc/sysrq-trigger", "/proc/timer_list"}) {
    if (::access(path, F_OK) != 0) continue;
    const os::Fd nothing(os::CloneTree("/dev/null"));
    if (!nothing) return errno;
    if (const os::Errno error = os::AttachTree(nothing.get(), path)) return error;
  }
  return 0;
}

os::Errno MountTmp(const LaunchPlan& plan) noexcept { return os::MountTmpfs("/tmp", plan.shared_files.c_str()); }
os::Errno MountShm(const LaunchPlan& plan) noexcept { return os::MountTmpfs("/dev/shm", plan.shared_files.c_str()); }
os::Errno MountWork(const LaunchPlan& plan) noexcept { return os::MountTmpfs("/work", plan.private_files.c_str()); }
os::Errno MountQueues(const LaunchPlan&) noexcept { return os::MountMqueue("/dev/mqueue"); }

void MakeMountPoint(const ViewMount& view) noexcept {
  // What exists already, or stands on a read-only file system, is for AttachTree() to judge.
  for (const std::string& parent : view.parents) ::mkdir(parent.c_str(), 0755);
  if (view.folder) {
    ::mkdir(view.inside, 0755);
  } else {
    const os::Fd made(::open(view.inside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644));
  }
}

os::Errno ShowViews(const LaunchPlan& plan) noexcept {
  for (const std::string& holder : plan.holders) {
    if (const os::Errno error = os::MountTmpfs(holder.c_str(), "size=256k,mode=0755")) return error;
  }
  for (const ViewMount& view : plan.views) {
    MakeMountPoint(view);
    if (const os::Errno error = os::AttachTree(view.tree, view.inside)) return error;
  }
  for (const std::string& holder : plan.holders) {
    if (const os::Errno error = os::SealMount(holder.c_str())) return error;
  }
  return 0;
}

os::Errno ForbidUserNamespaces(const LaunchPlan&) noexcept {
  // The filter denies them too.
  return os::WriteFileAt(os::kHere, "/proc/sys/user/max_user_namespaces", "0");
}

os::Errno EmptyBoundingSet(const LaunchPlan&) noexcept { return os::EmptyBoundingSet(); }

os::Errno UseUpPidTwo(const LaunchPlan&) noexcept {
  // A futex word of 2 is glibc's contended mutex; a task of that number would look like its owner (pid_namespaces(7),
  // /proc/sys/kernel/ns_last_pid).
  if (os::WriteFileAt(os::kHere, "/proc/sys/kernel/ns_last_pid", "2") == 0) return 0;
  const os::CloneResult child = os::Clone(0);
  if (child.pid == 0) ::_exit(0);
  if (child.pid < 0) return child.error;
  const os::Fd pidfd(child.pidfd);
  os::Reap(pidfd);
  return 0;
}

constexpr Step kSteps[] = {
    {"die with the spawner", DieWithSpawner},
    {"become the sandbox's user", BecomeStudent},
    {"enter a cgroup namespace", HideCgroups},
    {"set the host name", NameHost},
    {"mount /proc", MountProc},
    {"mask files of /proc", MaskProc},
    {"mount /tmp", MountTmp},
    {"mount /dev/shm", MountShm},
    {"mount /work", MountWork},
    {"mount /dev/mqueue", MountQueues},
    {"show views", ShowViews},
    {"forbid user namespaces", ForbidUserNamespaces},
    {"use up pid 2", UseUpPidTwo},
    {"empty the capability bounding set", EmptyBoundingSet},
};

// When init ends the kernel kills what is inside.
void End(const LaunchPlan&) noexcept {}

}  // namespace

const World kPrivateWorld{kSteps, TargetStepsInside(), {}, End};

}  // namespace grader::sandbox
