#include "grader/checks/builds.h"

#include <algorithm>
#include <future>
#include <vector>

namespace grader::checks {

std::map<std::string, build::BuildResult> BuildPrograms(const Assignment& assignment, sandbox::Spawner& spawner) {
  const auto jobs = static_cast<std::size_t>(assignment.jobs);
  const auto& programs = assignment.programs;
  const auto policy = jobs > 1 ? std::launch::async : std::launch::deferred;
  std::map<std::string, build::BuildResult> results;
  for (std::size_t first = 0; first < programs.size(); first += jobs) {
    std::vector<std::future<build::BuildResult>> building;
    const auto end = std::min(first + jobs, programs.size());
    for (auto i = first; i < end; ++i) {
      building.push_back(std::async(policy, [&assignment, &spawner, &target = programs[i]] {
        return build::Builder(spawner, assignment.cache, assignment.lender).Build(assignment.submission, target);
      }));
    }
    for (auto i = first; i < end; ++i) results[programs[i].name] = building[i - first].get();
  }
  return results;
}

BuildReport ReportOf(const std::string& program, const build::BuildResult& result) {
  return {program,    result.status == build::BuildStatus::kBuilt, result.cached, result.summary, result.messages,
          result.took};
}

}  // namespace grader::checks
