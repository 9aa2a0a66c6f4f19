#include "grader/batch/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "grader/report/text.h"

namespace grader::batch {
namespace {

using Reported = std::map<std::string, ReportedCheck>;

std::string WhyOf(const nlohmann::json& check) {
  if (const auto& failures = check.at("failures"); !failures.empty()) {
    return report::OneLine(fmt::format("expected {}, but {}", failures[0].at("expected").get<std::string>(),
                                       failures[0].at("happened").get<std::string>()));
  }
  return report::OneLine(check.at("reason").get<std::string>());
}

// Without a report (a fault before there was one) nothing is said of any check.
Reported ChecksOf(const std::optional<StoredResult>& result) {
  Reported checks;
  if (!result || result->json.empty()) return checks;
  const auto report = nlohmann::json::parse(result->json);
  for (const auto& check : report.at("checks")) {
    checks[check.at("id")] = {check.at("verdict"), check.at("points"), WhyOf(check)};
  }
  return checks;
}

std::vector<CheckChange> CheckChanges(const Reported& before, const Reported& after) {
  std::map<std::string, CheckChange> pairs;
  for (const auto& [id, check] : before) pairs[id].before = check;
  for (const auto& [id, check] : after) pairs[id].after = check;
  std::vector<CheckChange> changes;
  for (auto& [id, pair] : pairs) {
    if (pair.before.verdict == pair.after.verdict && pair.before.points == pair.after.points) continue;
    pair.id = id;
    changes.push_back(pair);
  }
  return changes;
}

Direction DirectionOf(const Change& change) {
  if (!change.before) return Direction::kFirst;
  if (change.after > *change.before) return Direction::kUp;
  if (change.after < *change.before) return Direction::kDown;
  return change.checks.empty() ? Direction::kSame : Direction::kFlipped;
}

using Rounds = std::map<int, StoredResult>;

std::vector<Wavering> WaveringOf(const Rounds& rounds, const std::vector<std::string>& students) {
  std::map<std::string, std::map<std::string, int>> verdicts;
  for (const auto& [round, result] : rounds) {
    if (round == 0 || result.fault) continue;
    for (const auto& [id, check] : ChecksOf(result)) ++verdicts[id][check.verdict];
  }
  std::vector<Wavering> wavering;
  for (const auto& [id, counts] : verdicts) {
    if (counts.size() > 1) wavering.push_back({students, id, counts});
  }
  return wavering;
}

std::optional<StoredResult> Before(const Store& store, const Regrade& regrade, const Rounds& rounds,
                                   const std::string& fingerprint) {
  if (regrade.state != RegradeState::kApplied) return store.Current(fingerprint);
  const auto replaced = rounds.find(0);
  return replaced == rounds.end() ? std::nullopt : std::optional(replaced->second);
}

}  // namespace

int Difference::CountOf(Direction direction) const {
  return static_cast<int>(
      std::ranges::count_if(changes, [&](const Change& change) { return change.direction == direction; }));
}

Change ChangeOf(const std::optional<StoredResult>& before, const StoredResult& after) {
  Change change{.before = {}, .after = after.points, .total = after.total};
  const bool known = before && !before->fault;
  if (known) change.before = before->points;
  if (known) change.checks = CheckChanges(ChecksOf(before), ChecksOf(after));
  change.direction = DirectionOf(change);
  return change;
}

Difference DifferenceOf(const Store& store, const Regrade& regrade) {
  const Regrades regrades(store);
  std::map<std::string, std::vector<std::string>> students;
  for (const Entry& entry : store.Entries()) students[entry.fingerprint].push_back(entry.hand_in.student);
  Difference difference;
  for (const auto& fingerprint : regrades.Fingerprints(regrade)) {
    const auto whose = students.find(fingerprint);
    if (whose == students.end()) continue;  // its files have changed since
    const auto rounds = regrades.Rounds(regrade, fingerprint);
    for (auto& one : WaveringOf(rounds, whose->second)) difference.wavering.push_back(std::move(one));
    if (rounds.at(1).fault) continue;
    difference.changes.push_back(ChangeOf(Before(store, regrade, rounds, fingerprint), rounds.at(1)));
    difference.changes.back().students = whose->second;
  }
  std::ranges::sort(difference.changes, {}, &Change::students);
  std::ranges::sort(difference.wavering, {}, [](const Wavering& one) { return std::pair(one.students, one.check); });
  return difference;
}

}  // namespace grader::batch
