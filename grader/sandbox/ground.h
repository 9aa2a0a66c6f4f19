// What the sandboxes of one spawner stand on: all that differs between tiers in the spawner's own process. world.h is
// the part of it that init and the target play.
#pragma once

#include <memory>
#include <vector>

#include "grader/sandbox/launch_plan.h"
#include "grader/sandbox/slots.h"
#include "grader/sandbox/tier.h"

namespace grader::sandbox {

class Ground {
 public:
  virtual ~Ground() = default;

  // Lays out a launch; the slot is the sandbox's own until it is cleared. Throws std::system_error naming what failed.
  virtual std::unique_ptr<LaunchPlan> Plan(LaunchOrder order, std::vector<os::Fd> ends, std::uint64_t slot) = 0;

  // Flags of clone3(2) with which inits are born.
  virtual std::uint64_t fresh_namespaces() const = 0;

  // Gives a new init, which waits for it, what it cannot take by itself. Throws std::system_error.
  virtual void Admit(const LaunchPlan& plan, pid_t init) = 0;

  // Does what the next launch would have to wait for.
  virtual void PrepareAhead() noexcept = 0;

  // The signal that makes an init end, and with it all that is inside.
  virtual int end_signal() const = 0;

  // The slot's init has ended. Kills what is left if it could not; the other inits are to live.
  virtual void SweepProcesses(std::uint64_t slot, const std::vector<pid_t>& inits) noexcept = 0;

  // Whether a folder of the slot, which is dead, is still open to be read (Sandbox::OpenInside).
  virtual bool IsRead(std::uint64_t slot) const noexcept = 0;

  // Nobody wants the slot's files any more.
  virtual void Clear(std::uint64_t slot) noexcept = 0;
};

struct Surroundings {
  const Slots& slots;
  int landlock;           // version
  bool counts_processes;  // a cgroup limits each sandbox's processes
};

// Throws std::system_error or std::runtime_error naming what the tier needs and this machine does not have.
std::unique_ptr<Ground> MakeGround(Tier tier, const Surroundings& surroundings);

// The tier full: namespaces, and a root of its own for each sandbox.
std::unique_ptr<Ground> MakePrivateGround(const Surroundings& surroundings);

// The others: the machine itself, each sandbox as a user of its own or all as the grader's.
enum class Users { kOwn, kShared };
std::unique_ptr<Ground> MakeSharedGround(const Surroundings& surroundings, Users users);

}  // namespace grader::sandbox
