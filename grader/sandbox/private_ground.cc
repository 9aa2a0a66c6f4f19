#include <fcntl.h>
#include <sched.h>

#include <csignal>
#include <exception>

#include "grader/os/errno.h"
#include "grader/os/files.h"
#include "grader/os/namespaces.h"
#include "grader/sandbox/ground.h"
#include "grader/sandbox/plan_builder.h"
#include "grader/sandbox/private_root.h"
#include "grader/sandbox/world.h"

namespace grader::sandbox {
namespace {

// A user namespace first makes the rest possible without privileges; as root it is only the sandbox's.
constexpr std::uint64_t kFreshNamespaces = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS;

class PrivateGround final : public Ground {
 public:
  explicit PrivateGround(const Surroundings& surroundings)
      : slots_(surroundings.slots), proc_(os::OpenAt(os::kHere, "/proc", O_PATH | O_DIRECTORY)) {
    PrepareNetwork();
  }

  std::unique_ptr<LaunchPlan> Plan(LaunchOrder order, std::vector<os::Fd> ends, std::uint64_t slot) override {
    PrepareNetwork();
    auto plan = BuildPlan(std::move(order), std::move(ends), root_);
    plan->world = &kPrivateWorld;
    plan->user = slots_.IdsOf(slot).user;
    plan->group = slots_.IdsOf(slot).group;
    plan->user_has = 1;  // init
    return plan;
  }

  std::uint64_t fresh_namespaces() const override { return kFreshNamespaces; }

  void Admit(const LaunchPlan& plan, pid_t init) override {
    network_ready_ = false;
    os::MapIds(proc_, init, {kStudent, plan.user, kStudent, plan.group});
  }

  void PrepareAhead() noexcept override {
    try {
      PrepareNetwork();
    } catch (const std::exception&) {
      // The launch that needs it tries again and tells why not.
    }
  }

  int end_signal() const override { return SIGKILL; }
  void SweepProcesses(std::uint64_t, const std::vector<pid_t>&) noexcept override {}
  // An open folder keeps its file system.
  bool IsRead(std::uint64_t) const noexcept override { return false; }
  void Clear(std::uint64_t) noexcept override {}

 private:
  // Inits are born into the spawner's own.
  void PrepareNetwork() {
    if (network_ready_) return;
    os::ThrowIf(os::Unshare(CLONE_NEWNET), "unshare the network namespace");
    os::ThrowIf(os::RaiseLoopback(), "bring the loopback interface up");
    network_ready_ = true;
  }

  const Slots& slots_;
  os::Fd proc_;
  PrivateRoot root_;
  bool network_ready_ = false;
};

}  // namespace

std::unique_ptr<Ground> MakePrivateGround(const Surroundings& surroundings) {
  return std::make_unique<PrivateGround>(surroundings);
}

}  // namespace grader::sandbox
