// The truth about a batch, in the database of its results folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/batch/hand_in.h"
#include "grader/batch/lateness.h"
#include "grader/batch/roster.h"
#include "grader/batch/stored_result.h"

namespace grader::batch {

class Database;

// A hand-in as the batch knows it.
struct Entry {
  HandIn hand_in;
  std::string group = {};
  std::optional<Lateness> lateness = {};
  std::filesystem::path folder = {};  // what is graded; empty if hand_in.problem says why nothing is
  std::string fingerprint = {};       // of that folder
};

class Store {
 public:
  // Opens or makes the store of a results folder, for this process alone until destruction. Throws InputError if
  // another process has it or it belongs to another lab, StoreError.
  Store(const std::filesystem::path& results, const std::string& lab);
  // Opens one that is there. Throws InputError if it is not.
  explicit Store(const std::filesystem::path& results);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // The id of the lab that it belongs to.
  std::string Lab() const;

  // The seed of all gradings in this folder: the one given at the first call, for ever.
  std::uint64_t Seed(std::uint64_t first);

  // Replaces all entries and the roster at once.
  void Keep(const std::vector<Entry>& entries, const Roster& roster);
  std::vector<Entry> Entries() const;  // by student
  Roster KeptRoster() const;

  // All of these throw StoreError, and may be called by several threads.
  // Keeps a result, which from now on is the one that counts for its submission.
  void Keep(const ResultKey& key, const StoredResult& result);
  // The result that counts for a submission.
  std::optional<StoredResult> Current(const std::string& fingerprint) const;
  // By which version of lab and grader that came about; empty while there is none, or a fault.
  std::optional<std::string> GradedBy(const std::string& fingerprint) const;

  Database& database() const { return *database_; }

 private:
  std::unique_ptr<Database> database_;
};

}  // namespace grader::batch
