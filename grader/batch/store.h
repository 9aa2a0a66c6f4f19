// The truth about a batch: an SQLite database (WAL) in the results folder. What it has taken in survives kill -9, a
// full disk and a reboot; each change is one transaction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/batch/hand_in.h"
#include "grader/batch/lateness.h"

namespace SQLite {
class Database;
}

namespace grader::batch {

// A hand-in as the batch knows it.
struct Entry {
  HandIn hand_in;
  std::string group = {};
  std::optional<Lateness> lateness = {};
  std::filesystem::path folder = {};  // what is graded; empty if hand_in.problem says why nothing is
  std::string fingerprint = {};       // of that folder
};

// What a verdict depends on, beside luck that a grader must not need.
struct ResultKey {
  std::string fingerprint;  // of the submission
  std::string version;      // of lab and grader
};

// One grading, as it is kept.
struct StoredResult {
  std::uint64_t seed = 0;
  double points = 0;
  double total = 0;
  bool fault = false;  // of the grader or the machine: not final
  int attempts = 1;
  std::string json;  // the student's reports
  std::string junit;
  std::string text;
};

class Store {
 public:
  // Opens or makes results/results.sqlite, for this process alone until destruction. Throws InputError if another
  // process has it or it belongs to another lab, StoreError.
  Store(const std::filesystem::path& results, const std::string& lab);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // The seed of all gradings in this folder: the one given at the first call, for ever.
  std::uint64_t Seed(std::uint64_t first);

  // Replaces all entries at once.
  void Keep(const std::vector<Entry>& entries);

  // All of these throw StoreError, and may be called by several threads.
  void Keep(const ResultKey& key, const StoredResult& result);
  std::optional<StoredResult> Find(const ResultKey& key);

 private:
  class Lock;
  std::unique_ptr<Lock> lock_;
  std::unique_ptr<SQLite::Database> database_;
};

}  // namespace grader::batch
