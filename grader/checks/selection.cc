#include "grader/checks/selection.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "grader/checks/errors.h"

namespace grader::checks {
namespace {

bool MatchesAny(const std::string& id, std::string_view alternatives) {
  const auto suite = id.substr(0, id.find('.'));
  const auto name = id.substr(id.find('.') + 1);
  while (!alternatives.empty()) {
    const auto end = std::min(alternatives.find(':'), alternatives.size());
    const auto glob = alternatives.substr(0, end);
    if (MatchesGlob(id, glob) || glob == suite || glob == name) return true;
    alternatives.remove_prefix(std::min(end + 1, alternatives.size()));
  }
  return false;
}

bool Matches(const std::string& id, std::string_view pattern) {
  const auto minus = std::min(pattern.find('-'), pattern.size());
  const auto wanted = pattern.substr(0, minus);
  const auto unwanted = pattern.substr(std::min(minus + 1, pattern.size()));
  return (wanted.empty() || MatchesAny(id, wanted)) && !MatchesAny(id, unwanted);
}

// Each check's group: the place of the first check that it is tied to by needs, directly or through others.
std::vector<std::size_t> Groups(const std::vector<RegisteredCheck>& checks) {
  std::map<std::string, std::size_t> place;
  std::vector<std::size_t> group(checks.size());
  for (std::size_t i = 0; i < checks.size(); ++i) {
    group[i] = i;
    place[checks[i].info.id] = i;
    for (const auto& need : checks[i].info.needs) {
      const auto needed = place.find(need);
      if (needed == place.end()) continue;  // not among these
      const auto joined = std::min(group[i], group[needed->second]);
      const auto left = std::max(group[i], group[needed->second]);
      std::replace(group.begin(), group.begin() + static_cast<std::ptrdiff_t>(i) + 1, left, joined);
    }
  }
  return group;
}

}  // namespace

bool MatchesGlob(std::string_view text, std::string_view glob) {
  if (glob.empty()) return text.empty();
  if (glob.front() == '*') {
    return MatchesGlob(text, glob.substr(1)) || (!text.empty() && MatchesGlob(text.substr(1), glob));
  }
  return !text.empty() && (glob.front() == '?' || glob.front() == text.front()) &&
         MatchesGlob(text.substr(1), glob.substr(1));
}

std::vector<RegisteredCheck> Select(const std::vector<RegisteredCheck>& checks,
                                    const std::vector<std::string>& patterns) {
  if (patterns.empty()) return checks;
  for (const auto& pattern : patterns) {
    const auto matches = [&pattern](const auto& check) { return Matches(check.info.id, pattern); };
    if (std::none_of(checks.begin(), checks.end(), matches)) throw UsageError("the lab has no check " + pattern);
  }
  std::vector<RegisteredCheck> selected;
  std::copy_if(checks.begin(), checks.end(), std::back_inserter(selected), [&patterns](const auto& check) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&check](const auto& pattern) { return Matches(check.info.id, pattern); });
  });
  return selected;
}

std::vector<RegisteredCheck> SelectShard(const std::vector<RegisteredCheck>& checks, Shard shard) {
  const auto groups = Groups(checks);
  std::map<std::size_t, int> part;  // of a group
  std::vector<RegisteredCheck> selected;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const auto next = static_cast<int>(part.size()) % shard.count + 1;
    const auto found = part.emplace(groups[i], next).first;
    if (found->second == shard.index) selected.push_back(checks[i]);
  }
  return selected;
}

}  // namespace grader::checks
