// The cgroups of sandboxes: they count and limit what all processes of one use together, and kill them at one blow.
// Which kinds there are differs from machine to machine, so each is found by trying it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "grader/os/fd.h"
#include "grader/sandbox/limits.h"

namespace grader::sandbox {

// One cgroup of one sandbox.
struct Cgroup {
  enum class Kind : std::uint64_t {
    kMemoryV1,
    kProcessesV1,
    kCpuV1,
    kUnified,            // version 2 without controllers: kills, and counts CPU time
    kUnifiedControlled,  // version 2 with the memory and pids controllers
  };
  Kind kind = Kind::kUnified;
  os::Fd folder;
};

// Makes, reuses and removes them; lives in the spawner.
class CgroupStock {
 public:
  // Finds the hierarchies below the caller's own cgroups in which it may make some, and sweeps up what dead graders
  // left. Called while the machine's file systems are in sight.
  CgroupStock();
  ~CgroupStock();
  CgroupStock(CgroupStock&&) = delete;

  std::vector<Cgroup::Kind> Kinds() const;
  bool CountsMemory() const;
  bool CountsProcesses() const;

  // Makes the cgroups of a slot if they are not there yet. Throws std::system_error.
  void Prepare(std::uint64_t slot);
  std::vector<const Cgroup*> Of(std::uint64_t slot) const;

  // Sets the limits. Throws std::system_error.
  void Limit(std::uint64_t slot, const Limits& limits);

  // The version 2 cgroup a sandbox is to be born into, -1 if there is none.
  int BirthPlace(std::uint64_t slot) const;

  // Moves a process without children into those it was not born into. Throws std::system_error.
  void Enter(std::uint64_t slot, pid_t pid) const;

  // Everything inside is dead: makes the slot's cgroups ready for another sandbox. Counters of events and time go on.
  void Renew(std::uint64_t slot) noexcept;

 private:
  struct Hierarchy {
    Cgroup::Kind kind;
    os::Fd parent;
  };

  struct Held {
    std::string name;
    Cgroup cgroup;
    os::Bytes memory;  // the limits in force, 0 for none yet
    int processes = 0;
  };

  void Find(Cgroup::Kind kind, const char* controller);
  bool FindUnified();
  bool TryUnified(const std::string& path, Cgroup::Kind kind);
  bool Works(const Hierarchy& hierarchy) const;
  bool Has(Cgroup::Kind kind) const;
  Held Make(const Hierarchy& hierarchy);
  void Remove(const Hierarchy& hierarchy, const Held& held) const noexcept;

  std::string prefix_;
  std::vector<Hierarchy> hierarchies_;
  std::map<std::uint64_t, std::vector<Held>> made_;  // by slot, in the order of hierarchies_
  std::uint64_t names_ = 0;                          // given out
};

}  // namespace grader::sandbox
