// The SQLite database (WAL) of a results folder. What it has taken in survives kill -9, a full disk and a reboot.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "grader/batch/stored_result.h"
#include "grader/os/fd.h"

namespace grader::batch {

// Its connection, for this process alone until destruction; its threads take turns.
class Database {
 public:
  // Opens or makes results/results.sqlite. Throws InputError if another process has it, StoreError.
  explicit Database(const std::filesystem::path& results);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // What `work` returns for the connection, with no other thread at it. SQLite's errors become StoreErrors.
  template <typename Work>
  auto With(const Work& work) {
    const std::lock_guard lock(mutex_);
    try {
      return work(*connection_);
    } catch (const SQLite::Exception& error) {
      Fail(error);
    }
  }

  // The same as one transaction: all of it or nothing.
  template <typename Work>
  void Change(const Work& work) {
    With([&](SQLite::Database& connection) {
      SQLite::Transaction transaction(connection);
      work(connection);
      transaction.commit();
    });
  }

  // Named facts of the folder. SetFact leaves one alone that is there.
  std::optional<std::string> Fact(const std::string& name);
  void SetFact(const std::string& name, const std::string& value);

 private:
  [[noreturn]] static void Fail(const SQLite::Exception& error);

  os::Fd lock_;
  std::mutex mutex_;
  std::unique_ptr<SQLite::Database> connection_;
};

// The columns of a StoredResult in every table that keeps some.
inline constexpr const char* kResultColumns = "seed, points, total, fault, attempts, json, junit, text";

// Binds its eight columns from parameter `first` on, which counts from 1.
void BindResult(SQLite::Statement& statement, int first, const StoredResult& result);

// Its eight columns from column `first` on, which counts from 0.
StoredResult ReadResult(SQLite::Statement& row, int first);

}  // namespace grader::batch
