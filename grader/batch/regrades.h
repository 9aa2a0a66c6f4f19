// Change sets: results beside those that count, until they are applied or discarded as a whole.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/batch/store.h"

namespace grader::batch {

// kRunning: some of its results are missing. kReady: all are there, to be applied or discarded.
enum class RegradeState { kRunning, kReady, kApplied, kDiscarded };

// What a regrade is to compute.
struct RegradePlan {
  std::string version;  // of lab and grader
  std::uint64_t seed = 0;
  int rounds = 1;                 // round n has the inputs of seed + n - 1
  std::vector<std::string> only;  // students, by ids or patterns; empty: all

  bool operator==(const RegradePlan&) const = default;
};

struct Regrade {
  int id = 0;
  RegradeState state = RegradeState::kRunning;
  RegradePlan plan;
  std::chrono::sys_seconds begun;
  std::optional<std::chrono::sys_seconds> closed;  // applied or discarded

  bool IsOpen() const { return state == RegradeState::kRunning || state == RegradeState::kReady; }
};

// A result of a regrade by its round; round 0 is what counted when the regrade was applied.
struct RegradedKey {
  int round = 0;
  std::string fingerprint;

  auto operator<=>(const RegradedKey&) const = default;
};

// The regrades of a store, which outlives this. Everything throws StoreError.
class Regrades {
 public:
  explicit Regrades(const Store& store) : database_(store.database()) {}

  // The last one begun; none if there never was one.
  std::optional<Regrade> Last() const;
  std::optional<Regrade> Find(int id) const;

  // Only one is open at a time; that is the caller's to see to.
  Regrade Begin(const RegradePlan& plan);
  void Keep(const Regrade& regrade, const RegradedKey& key, const StoredResult& result);
  // What need not be graded again: all but faults.
  std::set<RegradedKey> Done(const Regrade& regrade) const;
  // Of the submissions that have a result of round 1.
  std::vector<std::string> Fingerprints(const Regrade& regrade) const;
  // The results of one submission, by round.
  std::map<int, StoredResult> Rounds(const Regrade& regrade, const std::string& fingerprint) const;
  void MarkReady(const Regrade& regrade);

  // All its results of round 1 count from now on; what counted before is kept as round 0.
  void Apply(const Regrade& regrade);
  void Discard(const Regrade& regrade);

 private:
  Database& database_;
};

}  // namespace grader::batch
