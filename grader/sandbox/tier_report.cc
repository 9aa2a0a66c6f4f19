#include "grader/sandbox/tier_report.h"

#include <algorithm>

#include "grader/os/privileges.h"
#include "grader/sandbox/cgroups.h"

namespace grader::sandbox {
namespace {

bool Has(const StartReply& start, Cgroup::Kind kind) {
  return std::ranges::count(start.cgroups, static_cast<std::uint64_t>(kind)) > 0;
}

Facility Users(const StartReply& start) {
  return {"user namespace", true,
          start.own_users ? "each run is a user of its own on this machine"
                          : "runs are the grader's own user outside; as root each would be another"};
}

Facility Landlock(const StartReply& start) {
  if (start.landlock == 0) return {"Landlock", false, "not in this kernel; mounts alone keep runs from writing"};
  const std::string version = "version " + std::to_string(start.landlock);
  return {"Landlock", true,
          version +
              (start.landlock >= 6 ? ": writing, signals and abstract sockets are confined" : ": writing is confined")};
}

Facility Memory(const StartReply& start) {
  if (Has(start, Cgroup::Kind::kMemoryV1)) return {"memory cgroup", true, "version 1 counts memory of every kind"};
  if (Has(start, Cgroup::Kind::kUnifiedControlled)) {
    return {"memory cgroup", true, "version 2 counts memory of every kind"};
  }
  return {"memory cgroup", false,
          "none may be made here; memory is summed over processes. Run as root, or under "
          "`systemd-run --user --scope -p Delegate=yes`"};
}

Facility Processes(const StartReply& start) {
  if (Has(start, Cgroup::Kind::kProcessesV1)) return {"pids cgroup", true, "version 1 limits processes and threads"};
  if (Has(start, Cgroup::Kind::kUnifiedControlled)) {
    return {"pids cgroup", true, "version 2 limits processes and threads"};
  }
  return {"pids cgroup", false, "none may be made here; RLIMIT_NPROC of the run's user namespace limits processes"};
}

Facility Time(const StartReply& start) {
  if (Has(start, Cgroup::Kind::kUnified) || Has(start, Cgroup::Kind::kUnifiedControlled)) {
    return {"CPU accounting", true, "cpu.stat of cgroup version 2"};
  }
  if (Has(start, Cgroup::Kind::kCpuV1)) return {"CPU accounting", true, "cpuacct of cgroup version 1"};
  return {"CPU accounting", false, "no cgroup may be made here; CPU time is summed over processes"};
}

Facility Killing(const StartReply& start) {
  if (Has(start, Cgroup::Kind::kUnified) || Has(start, Cgroup::Kind::kUnifiedControlled)) {
    return {"cgroup.kill", true, "kills a run at one blow"};
  }
  return {"cgroup.kill", false, "no cgroup of version 2 may be made here; the run's init is killed instead"};
}

Facility Tracing() {
  if (os::CanTraceChildren()) return {"ptrace", true, "programs are observed"};
  return {"ptrace", false,
          "forbidden here; in a container add the capability SYS_PTRACE, else see kernel.yama.ptrace_scope"};
}

TierReport ReportFull(const StartReply& start) {
  TierReport report{Tier::kFull, {}, {}};
  report.facilities.push_back(Users(start));
  const Facility fresh[] = {
      {"pid namespace", true, "a run sees its own processes only and dies with its init"},
      {"mount namespace", true, "private root: the system read-only, /work, /tmp, /dev/shm and /proc private"},
      {"network namespace", true, "loopback only"},
      {"ipc namespace", true, "System V objects and message queues of its own"},
      {"uts namespace", true, "host name of its own"},
      {"cgroup namespace", true, "the machine's cgroups are not named inside"},
      {"seccomp", true, "dangerous system calls are denied"},
  };
  report.facilities.insert(report.facilities.end(), std::begin(fresh), std::end(fresh));
  return report;
}

// Without namespaces.
TierReport ReportShared(Tier tier) {
  TierReport report{tier, {}, {}};
  const bool own_user = tier == Tier::kContainer;
  report.facilities = {
      {"own user", own_user,
       own_user ? "each run is a user of its own on this machine, and all of that user's processes end with it"
                : "runs are the grader's own user; root can give each another"},
      {"pid namespace", false, "a run sees the machine's processes; it is a subreaper's, which ends when all are dead"},
      {"mount namespace", false, "Landlock shows the system read-only; /work and /tmp are folders below /tmp"},
      {"network namespace", false, "no sockets; checks of servers are skipped"},
      {"ipc namespace", false, "no System V objects, queues and /dev/shm; checks that need them are skipped"},
      {"seccomp", true, "dangerous system calls are denied"},
  };
  return report;
}

}  // namespace

TierReport ReportOf(Tier tier, const StartReply& start) {
  TierReport report = tier == Tier::kFull ? ReportFull(start) : ReportShared(tier);
  for (const auto make : {Landlock, Memory, Processes, Time}) report.facilities.push_back(make(start));
  if (tier == Tier::kFull) report.facilities.push_back(Killing(start));
  report.facilities.push_back(Tracing());
  return report;
}

std::string RemedyFor(const std::string& failure) {
  const auto mentions = [&](const char* word) { return failure.find(word) != std::string::npos; };
  if (mentions("user namespace") || mentions("uid_map") || mentions("gid_map")) {
    return "User namespaces are forbidden here: run as root, or allow them (sysctl kernel.unprivileged_userns_clone=1, "
           "user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns=0).";
  }
  if (mentions("mount /proc")) {
    return "The kernel refuses a fresh /proc where the one around it is partly hidden, as in a default container: "
           "start "
           "the container with --privileged or --security-opt systempaths=unconfined.";
  }
  if (mentions("clone3") || mentions("unshare") || mentions("mount") || mentions("namespace") ||
      mentions("setgroups")) {
    return "Namespaces or mounts are forbidden here, as in a default container or under AppArmor: start the container "
           "with --privileged, or run on the machine itself.";
  }
  if (mentions("open_tree")) return "Is the file there, and may this user read it?";
  return {};
}

}  // namespace grader::sandbox
