#include "grader/sandbox/spawner.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "grader/os/pidfd.h"
#include "grader/sandbox/channel.h"
#include "grader/sandbox/filter.h"
#include "grader/sandbox/running.h"
#include "grader/sandbox/set_up_error.h"
#include "grader/sandbox/spawner_process.h"
#include "grader/sandbox/tier_report.h"

namespace grader::sandbox {
namespace {

using PolicyKey = std::vector<std::tuple<int, int, unsigned, unsigned>>;

PolicyKey KeyOf(const Policy& policy) {
  PolicyKey key;
  for (const Policy::Traced& traced : policy.traced) {
    key.emplace_back(traced.number, traced.argument, traced.mask, traced.value);
  }
  return key;
}

class LocalSpawner final : public Spawner {
 public:
  LocalSpawner(std::shared_ptr<Channel> channel, TierReport tier)
      : channel_(std::move(channel)), tier_(std::move(tier)) {}

  std::unique_ptr<Sandbox> Launch(const LaunchRequest& request) override {
    LaunchOrder order{request.command, request.files, request.limits, FilterFor(request.policy)};
    if (order.command.argv.empty()) throw SetUpError("a command without a program");
    for (View& view : order.files.views) view.host = std::filesystem::absolute(view.host);
    return std::make_unique<Running>(channel_, order);
  }

  const TierReport& tier() const override { return tier_; }

 private:
  // Building one takes longer than a launch, and a course uses few.
  std::vector<sock_filter> FilterFor(const Policy& policy) {
    const std::lock_guard lock(filters_mutex_);
    auto [entry, fresh] = filters_.try_emplace(KeyOf(policy));
    if (fresh) entry->second = BuildFilter(policy, tier_.tier);
    return entry->second;
  }

  std::shared_ptr<Channel> channel_;
  TierReport tier_;
  std::mutex filters_mutex_;
  std::map<PolicyKey, std::vector<sock_filter>> filters_;
};

// Runs a program that does nothing. Throws SetUpError unless it ends well.
void TryOnce(Spawner& spawner) {
  const auto sandbox = spawner.Launch({.command = {.argv = {"/usr/bin/true"}}});
  sandbox->Release();
  for (;;) {
    pollfd source{sandbox->notice_fd(), POLLIN, 0};
    ::poll(&source, 1, -1);
    const auto notice = sandbox->NextNotice();
    if (!notice) throw SetUpError("the trial run was killed");
    if (notice->error != 0) throw SetUpError(notice->detail);
    if (notice->kind != Notice::Kind::kTargetEnded) continue;
    if (notice->wait_status == 0) return;
    throw SetUpError("the trial run of /usr/bin/true failed");
  }
}

// Throws what does not work.
std::unique_ptr<Spawner> StartTier(Tier tier, std::vector<std::string> better) {
  auto channel = StartSpawnerProcess(tier);
  TierReport report = ReportOf(tier, channel->AwaitStart());
  report.better = std::move(better);
  auto spawner = std::make_unique<LocalSpawner>(std::move(channel), std::move(report));
  TryOnce(*spawner);
  return spawner;
}

constexpr Tier kBestFirst[] = {Tier::kFull, Tier::kContainer, Tier::kRestricted};

std::string Explain(Tier tier, const std::string& fault) {
  const std::string remedy = RemedyFor(fault);
  return std::string(TierName(tier)) + " isolation: " + fault + (remedy.empty() ? "" : "\n    " + remedy);
}

}  // namespace

std::unique_ptr<Spawner> Spawner::Start() {
  std::vector<std::string> failures;
  for (const Tier tier : kBestFirst) {
    try {
      return StartTier(tier, failures);
    } catch (const std::exception& fault) {
      failures.push_back(Explain(tier, fault.what()));
    }
  }
  std::string text = "programs cannot be isolated on this machine:";
  for (const std::string& failure : failures) text += "\n  " + failure;
  throw SetUpError(text);
}

}  // namespace grader::sandbox
