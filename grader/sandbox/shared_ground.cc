#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <csignal>
#include <filesystem>
#include <stdexcept>

#include "grader/os/errno.h"
#include "grader/os/privileges.h"
#include "grader/os/process_trees.h"
#include "grader/sandbox/ground.h"
#include "grader/sandbox/places.h"
#include "grader/sandbox/plan_builder.h"
#include "grader/sandbox/run_folders.h"
#include "grader/sandbox/world.h"

namespace grader::sandbox {
namespace {

namespace fs = std::filesystem;

// From this version on it keeps signals inside, which a user that others share needs.
constexpr int kScopes = 6;

// The system that programs, compilers and interpreters read.
std::vector<std::string> SystemPaths() {
  std::vector<std::string> paths = {"/usr",           "/bin",          "/sbin",          "/lib",
                                    "/lib32",         "/lib64",        "/libx32",        "/etc/ld.so.cache",
                                    "/etc/localtime", "/etc/services", "/etc/protocols", "/etc/alternatives"};
  std::error_code error;
  for (fs::directory_iterator at("/etc", error), end; !error && at != end; at.increment(error)) {
    if (at->path().filename().native().starts_with("python")) paths.push_back(at->path());
  }
  return paths;
}

// Processes and threads of the grader's own user. Other runs and the rest of what that user does come and go.
constexpr std::uint64_t kRoomForOthers = 512;

std::uint64_t CountOwnTasks() {
  std::uint64_t count = 0;
  std::error_code error;
  for (fs::directory_iterator at("/proc", error), end; !error && at != end; at.increment(error)) {
    if (std::isdigit(static_cast<unsigned char>(at->path().filename().native().front())) == 0) continue;
    struct stat status {};
    // One link for each thread's folder, besides the usual two.
    if (::stat((at->path() / "task").c_str(), &status) != 0 || status.st_uid != ::geteuid()) continue;
    count += status.st_nlink - 2;
  }
  return count;
}

class SharedGround final : public Ground {
 public:
  SharedGround(const Surroundings& surroundings, Users users) : surroundings_(surroundings), users_(users) {
    Require(users == Users::kShared || surroundings.slots.own_users(), "it takes root, and user ids that nobody has");
    Require(users == Users::kOwn || ::geteuid() != 0, "it is for ordinary users, and this is root");
    Require(surroundings.landlock > 0, "it takes Landlock (Linux 5.13), which this kernel does not have");
    Require(users == Users::kOwn || surroundings.landlock >= kScopes,
            "it takes Landlock that confines signals (Linux 6.12), which this kernel does not have");
    os::ThrowIf(os::AdoptOrphans(), "become a subreaper");
  }

  std::unique_ptr<LaunchPlan> Plan(LaunchOrder order, std::vector<os::Fd> ends, std::uint64_t slot) override {
    ArrangeViews(order.files.views);
    const Slots::Ids ids = surroundings_.slots.IdsOf(slot);
    // A link to a file of the grader's own user would let that user's programs change its mode.
    const auto how = users_ == Users::kOwn ? os::Files::kLinked : os::Files::kCopied;
    std::string base = folders_.Make(slot, ids, order.files, how);
    MoveBelow(base, order);
    auto plan = BasePlan(std::move(order), std::move(ends));
    plan->base = std::move(base);
    plan->user = ids.user;
    plan->group = ids.group;
    if (users_ == Users::kOwn) {
      plan->killer = surroundings_.slots.spare_user();
      plan->world = &kUsersOwnWorld;
    } else {
      plan->user_has = others_ + kRoomForOthers;
      plan->world = &kSharedUserWorld;
    }
    AllowFiles(*plan);
    return plan;
  }

  std::uint64_t fresh_namespaces() const override { return 0; }
  void Admit(const LaunchPlan&, pid_t) override {}
  void PrepareAhead() noexcept override {}
  int end_signal() const override { return SIGTERM; }

  void SweepProcesses(std::uint64_t slot, const std::vector<pid_t>& inits) noexcept override {
    while (const pid_t orphan = os::AnyChildBesides(inits)) {
      if (users_ == Users::kOwn) os::KillUser(surroundings_.slots.IdsOf(slot).user, surroundings_.slots.spare_user());
      os::KillDescendants(inits);
      os::AwaitChild(orphan);
    }
  }

  bool IsRead(std::uint64_t slot) const noexcept override { return folders_.IsRead(slot); }
  void Clear(std::uint64_t slot) noexcept override { folders_.Remove(slot); }

 private:
  static void Require(bool there, const char* what) {
    if (!there) throw std::runtime_error(what);
  }

  void AllowFiles(LaunchPlan& plan) const {
    // All texts first: later they may not move any more.
    plan.usable_paths = system_;
    const std::size_t folders = plan.usable_paths.size();
    plan.usable_paths.push_back(plan.base);
    plan.usable_paths.push_back(PlaceOf(plan.base, "/work"));
    plan.usable_paths.push_back(PlaceOf(plan.base, "/tmp"));
    for (std::size_t i = 0; i <= folders; ++i)
      plan.usable.push_back({plan.usable_paths[i].c_str(), os::FileUse::kRead});
    for (std::size_t i = folders + 1; i < plan.usable_paths.size(); ++i) {
      plan.usable.push_back({plan.usable_paths[i].c_str(), os::FileUse::kEverything});
    }
    for (const char* node :
         {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/proc"}) {
      plan.usable.push_back({node, os::FileUse::kReadAndWriteNodes});
    }
  }

  const Surroundings surroundings_;
  const Users users_;
  RunFolders folders_;
  const std::vector<std::string> system_ = SystemPaths();
  const std::uint64_t others_ = CountOwnTasks();
};

}  // namespace

std::unique_ptr<Ground> MakeSharedGround(const Surroundings& surroundings, Users users) {
  return std::make_unique<SharedGround>(surroundings, users);
}

}  // namespace grader::sandbox
