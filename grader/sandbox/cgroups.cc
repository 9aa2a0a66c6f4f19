#include "grader/sandbox/cgroups.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "grader/os/cgroup.h"
#include "grader/os/child.h"
#include "grader/os/files.h"
#include "grader/os/namespaces.h"

namespace grader::sandbox {
namespace {

constexpr char kPrefix[] = "grade-";

// Graders in different pid namespaces may share both cgroups and process ids.
std::string OwnPrefix() {
  struct stat space {};
  if (::stat("/proc/self/ns/pid", &space) != 0) os::ThrowErrno("stat /proc/self/ns/pid");
  return kPrefix + std::to_string(space.st_ino) + "-" + std::to_string(::getpid()) + "-";
}

bool IsUnified(Cgroup::Kind kind) { return kind == Cgroup::Kind::kUnified || kind == Cgroup::Kind::kUnifiedControlled; }

// Fails only for a file that has to be there.
void Set(const Cgroup& cgroup, const char* file, std::uint64_t value) {
  os::ThrowIf(os::WriteControl(cgroup.folder, file, std::to_string(value)), file);
}
void SetIfThere(const Cgroup& cgroup, const char* file, std::uint64_t value) {
  static_cast<void>(os::WriteControl(cgroup.folder, file, std::to_string(value)));
}

void LimitMemoryV1(const Cgroup& cgroup, std::uint64_t bytes) {
  // memory + swap may never be below memory: whichever way the limit moves, one of these orders is right.
  SetIfThere(cgroup, "memory.limit_in_bytes", bytes);
  SetIfThere(cgroup, "memory.memsw.limit_in_bytes", bytes);
  Set(cgroup, "memory.limit_in_bytes", bytes);
  SetIfThere(cgroup, "memory.swappiness", 0);
}

void LimitOne(const Cgroup& cgroup, const Limits& limits) {
  // Init is inside too.
  const auto processes = static_cast<std::uint64_t>(limits.processes) + 1;
  switch (cgroup.kind) {
    case Cgroup::Kind::kMemoryV1:
      LimitMemoryV1(cgroup, limits.memory.count);
      break;
    case Cgroup::Kind::kProcessesV1:
      Set(cgroup, "pids.max", processes);
      break;
    case Cgroup::Kind::kUnifiedControlled:
      Set(cgroup, "memory.max", limits.memory.count);
      SetIfThere(cgroup, "memory.swap.max", 0);
      Set(cgroup, "pids.max", processes);
      break;
    case Cgroup::Kind::kCpuV1:
    case Cgroup::Kind::kUnified:
      break;
  }
}

bool TakesProcess(const Cgroup& cgroup) {
  try {
    LimitOne(cgroup, Limits{});
  } catch (const std::system_error&) {
    return false;
  }
  const bool born_there = IsUnified(cgroup.kind);
  const os::CloneResult child = os::Clone(0, born_there ? cgroup.folder.get() : -1);
  if (child.pid == 0) ::_exit(born_there ? 0 : os::WriteControl(cgroup.folder, "cgroup.procs", "0"));
  return child.pid > 0 && os::Reap(os::Fd(child.pidfd)) == 0;
}

// What the last sandbox left in the kernel's file cache may stay charged up to this; giving it back takes milliseconds.
constexpr std::uint64_t kBearableRest = os::MiB(8).count;

// Rather than removed and made anew: a cgroup that is removed while cached files are charged to it lingers in the
// kernel.
void ResetMemoryV1(const Cgroup& cgroup) {
  if (os::ReadControl(cgroup.folder, "memory.usage_in_bytes").value_or(0) > kBearableRest) {
    SetIfThere(cgroup, "memory.force_empty", 0);
  }
  SetIfThere(cgroup, "memory.failcnt", 0);
  SetIfThere(cgroup, "memory.max_usage_in_bytes", 0);
}

}  // namespace

CgroupStock::CgroupStock() : prefix_(OwnPrefix()) {
  const bool controlled = FindUnified();
  if (!controlled) {
    Find(Cgroup::Kind::kMemoryV1, "memory");
    Find(Cgroup::Kind::kProcessesV1, "pids");
  }
  if (!Has(Cgroup::Kind::kUnified) && !controlled) Find(Cgroup::Kind::kCpuV1, "cpuacct");
}

CgroupStock::~CgroupStock() {
  for (const auto& [slot, cgroups] : made_) {
    for (std::size_t i = 0; i < cgroups.size(); ++i) Remove(hierarchies_[i], cgroups[i]);
  }
}

void CgroupStock::Find(Cgroup::Kind kind, const char* controller) {
  const auto path = os::OwnCgroup(controller);
  if (!path) return;
  Hierarchy hierarchy{kind, os::Fd(::open(path->c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))};
  if (hierarchy.parent && Works(hierarchy)) hierarchies_.push_back(std::move(hierarchy));
}

// With controllers if they can be had: below our own cgroup only if nothing lives in it (cgroups(7), no internal
// processes), otherwise beside it, where a slice hands them to its children.
bool CgroupStock::FindUnified() {
  const auto own = os::OwnCgroup("");
  if (!own) return false;
  static_cast<void>(os::WriteFileAt(os::kHere, (*own + "/cgroup.subtree_control").c_str(), "+memory +pids"));
  const std::string beside = std::filesystem::path(*own).parent_path();
  if (TryUnified(*own, Cgroup::Kind::kUnifiedControlled)) return true;
  if (TryUnified(beside, Cgroup::Kind::kUnifiedControlled)) return true;
  TryUnified(*own, Cgroup::Kind::kUnified);
  return false;
}

bool CgroupStock::TryUnified(const std::string& path, Cgroup::Kind kind) {
  Hierarchy hierarchy{kind, os::Fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))};
  if (!hierarchy.parent || ::faccessat(hierarchy.parent.get(), "cgroup.procs", F_OK, 0) != 0) return false;
  if (!Works(hierarchy)) return false;
  hierarchies_.push_back(std::move(hierarchy));
  return true;
}

// Makes one, limits it, puts a process into it, removes it.
bool CgroupStock::Works(const Hierarchy& hierarchy) const {
  os::SweepCgroups(hierarchy.parent, kPrefix);
  try {
    const std::string name = prefix_ + "trial";
    const Cgroup trial{hierarchy.kind, os::MakeCgroup(hierarchy.parent, name)};
    const bool works = TakesProcess(trial);
    return os::RemoveCgroup(hierarchy.parent, name) == 0 && works;
  } catch (const std::system_error&) {
    return false;
  }
}

bool CgroupStock::Has(Cgroup::Kind kind) const {
  return std::ranges::any_of(hierarchies_, [kind](const Hierarchy& hierarchy) { return hierarchy.kind == kind; });
}

std::vector<Cgroup::Kind> CgroupStock::Kinds() const {
  std::vector<Cgroup::Kind> kinds;
  for (const Hierarchy& hierarchy : hierarchies_) kinds.push_back(hierarchy.kind);
  return kinds;
}

bool CgroupStock::CountsMemory() const { return Has(Cgroup::Kind::kMemoryV1) || Has(Cgroup::Kind::kUnifiedControlled); }

bool CgroupStock::CountsProcesses() const {
  return Has(Cgroup::Kind::kProcessesV1) || Has(Cgroup::Kind::kUnifiedControlled);
}

CgroupStock::Held CgroupStock::Make(const Hierarchy& hierarchy) {
  Held held;
  held.name = prefix_ + std::to_string(names_++);
  held.cgroup = {hierarchy.kind, os::MakeCgroup(hierarchy.parent, held.name)};
  return held;
}

void CgroupStock::Prepare(std::uint64_t slot) {
  if (made_.contains(slot)) return;
  std::vector<Held> cgroups;
  for (const Hierarchy& hierarchy : hierarchies_) cgroups.push_back(Make(hierarchy));
  made_.emplace(slot, std::move(cgroups));
}

std::vector<const Cgroup*> CgroupStock::Of(std::uint64_t slot) const {
  std::vector<const Cgroup*> cgroups;
  for (const Held& held : made_.at(slot)) cgroups.push_back(&held.cgroup);
  return cgroups;
}

void CgroupStock::Limit(std::uint64_t slot, const Limits& limits) {
  for (Held& held : made_.at(slot)) {
    if (held.memory == limits.memory && held.processes == limits.processes) continue;
    LimitOne(held.cgroup, limits);
    held.memory = limits.memory;
    held.processes = limits.processes;
  }
}

int CgroupStock::BirthPlace(std::uint64_t slot) const {
  for (const Held& held : made_.at(slot)) {
    if (IsUnified(held.cgroup.kind)) return held.cgroup.folder.get();
  }
  return -1;
}

void CgroupStock::Enter(std::uint64_t slot, pid_t pid) const {
  const std::string text = std::to_string(pid);
  for (const Held& held : made_.at(slot)) {
    if (IsUnified(held.cgroup.kind)) continue;
    os::ThrowIf(os::WriteControl(held.cgroup.folder, "cgroup.procs", text), "enter a cgroup");
  }
}

void CgroupStock::Renew(std::uint64_t slot) noexcept {
  std::vector<Held>& cgroups = made_.at(slot);
  try {
    for (std::size_t i = 0; i < cgroups.size(); ++i) {
      if (cgroups[i].cgroup.kind == Cgroup::Kind::kMemoryV1) ResetMemoryV1(cgroups[i].cgroup);
      // Its counters cannot be set back, and Linux since 6.14 kills at once what is born (CLONE_INTO_CGROUP) into a
      // cgroup that cgroup.kill was ever used on.
      if (!IsUnified(cgroups[i].cgroup.kind)) continue;
      Remove(hierarchies_[i], cgroups[i]);
      cgroups[i] = Make(hierarchies_[i]);
    }
  } catch (const std::exception&) {
    // The launch that gets this slot makes them anew and tells why not.
    for (std::size_t i = 0; i < cgroups.size(); ++i) Remove(hierarchies_[i], cgroups[i]);
    made_.erase(slot);
  }
}

void CgroupStock::Remove(const Hierarchy& hierarchy, const Held& held) const noexcept {
  // One that cannot be removed yet is swept up by the next grader.
  static_cast<void>(os::RemoveCgroup(hierarchy.parent, held.name));
}

}  // namespace grader::sandbox
