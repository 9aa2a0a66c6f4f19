#include "grader/checks/builds.h"

#include <algorithm>
#include <future>
#include <stdexcept>
#include <utility>
#include <vector>

namespace grader::checks {
namespace {

BuildReport ReportOf(const std::string& program, const build::BuildResult& result) {
  return {program,    result.status == build::BuildStatus::kBuilt, result.cached, result.summary, result.messages,
          result.took};
}

}  // namespace

Builds::Builds(const Assignment& assignment, sandbox::Spawner& spawner, Told told)
    : assignment_(assignment), spawner_(spawner), told_(std::move(told)) {}

void Builds::BuildAll() {
  const auto jobs = static_cast<std::size_t>(assignment_.jobs);
  const auto policy = jobs > 1 ? std::launch::async : std::launch::deferred;
  std::vector<const build::Target*> wanted;
  for (const auto& target : assignment_.programs) {
    if (!results_.contains(target.name)) wanted.push_back(&target);
  }
  for (std::size_t first = 0; first < wanted.size(); first += jobs) {
    std::vector<std::future<build::BuildResult>> building;
    const auto end = std::min(first + jobs, wanted.size());
    for (auto i = first; i < end; ++i) {
      building.push_back(std::async(policy, [this, &target = *wanted[i]] {
        return build::Builder(spawner_, assignment_.cache, assignment_.lender).Build(assignment_.submission, target);
      }));
    }
    for (auto i = first; i < end; ++i) Keep(wanted[i]->name, building[i - first].get());
  }
}

const build::BuildResult& Builds::Of(const std::string& name) {
  if (const auto known = results_.find(name); known != results_.end()) return known->second;
  for (const auto& target : assignment_.programs) {
    if (target.name != name) continue;
    Keep(name, build::Builder(spawner_, assignment_.cache, assignment_.lender).Build(assignment_.submission, target));
    return results_.at(name);
  }
  throw std::logic_error("the lab has no program called " + name);
}

void Builds::Keep(const std::string& name, build::BuildResult result) {
  told_(ReportOf(name, result));
  results_[name] = std::move(result);
}

}  // namespace grader::checks
