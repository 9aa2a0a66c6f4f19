#include "grader/batch/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>

#include <cerrno>
#include <mutex>
#include <system_error>

#include "grader/batch/error.h"
#include "grader/os/fd.h"

namespace grader::batch {
namespace {

constexpr int kFormat = 1;  // of the tables below

constexpr const char* kTables = R"(
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS entries (
    student TEXT PRIMARY KEY, name TEXT, email TEXT, team TEXT, source TEXT, folder TEXT, fingerprint TEXT,
    handed_in INTEGER, late_days INTEGER, late_kept REAL, late_unknown INTEGER, problem TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS results (
    fingerprint TEXT, version TEXT, seed TEXT NOT NULL, points REAL NOT NULL, total REAL NOT NULL,
    fault INTEGER NOT NULL, attempts INTEGER NOT NULL, json TEXT NOT NULL, junit TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (fingerprint, version)) WITHOUT ROWID;
)";

[[noreturn]] void Fail(const SQLite::Exception& error) {
  if (error.getErrorCode() == SQLITE_FULL) {
    throw StoreError("the disk is full; make room and start the same command again: nothing is lost");
  }
  throw StoreError(fmt::format("the results cannot be kept: {}", error.what()));
}

template <typename Work>
auto Told(const Work& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    Fail(error);
  }
}

std::optional<std::string> Fact(SQLite::Database& database, const std::string& name) {
  SQLite::Statement query(database, "SELECT value FROM facts WHERE name = ?");
  query.bind(1, name);
  return query.executeStep() ? std::optional(query.getColumn(0).getString()) : std::nullopt;
}

void SetFact(SQLite::Database& database, const std::string& name, const std::string& value) {
  SQLite::Statement insert(database, "INSERT OR IGNORE INTO facts VALUES (?, ?)");
  insert.bind(1, name);
  insert.bind(2, value);
  insert.exec();
}

void Insert(SQLite::Database& database, const Entry& entry) {
  SQLite::Statement insert(database, "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const auto& hand_in = entry.hand_in;
  int column = 0;
  for (const auto& text : {hand_in.student, hand_in.name, hand_in.email, entry.group, hand_in.source.string(),
                           entry.folder.string(), entry.fingerprint}) {
    insert.bind(++column, text);
  }
  ++column;
  if (hand_in.handed_in) insert.bind(column, static_cast<std::int64_t>(hand_in.handed_in->time_since_epoch().count()));
  if (entry.lateness) {
    insert.bind(column + 1, entry.lateness->days);
    insert.bind(column + 2, entry.lateness->kept);
    insert.bind(column + 3, entry.lateness->unknown ? 1 : 0);
  }
  insert.bind(column + 4, hand_in.problem);
  insert.exec();
}

}  // namespace

// flock(2) on a file of its own: SQLite's locks last for a transaction only.
class Store::Lock {
 public:
  explicit Lock(const std::filesystem::path& results)
      : file_(open((results / "results.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (!file_) throw StoreError(fmt::format("{} cannot be written to", results.string()));
    if (flock(file_.get(), LOCK_EX | LOCK_NB) == 0) return;
    throw InputError(fmt::format("another grade is at work in {}; wait for it", results.string()));
  }

  std::mutex& mutex() { return mutex_; }

 private:
  os::Fd file_;
  std::mutex mutex_;  // of the connection, among the threads of this process
};

Store::Store(const std::filesystem::path& results, const std::string& lab) {
  std::error_code error;
  std::filesystem::create_directories(results, error);
  if (error)
    throw InputError(fmt::format("{}: {}; name another folder for results", results.string(), error.message()));
  lock_ = std::make_unique<Lock>(results);
  const auto file = results / "results.sqlite";
  Told([&] {
    database_ = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database_->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    SQLite::Transaction transaction(*database_);
    database_->exec(kTables);
    SetFact(*database_, "format", std::to_string(kFormat));
    SetFact(*database_, "lab", lab);
    transaction.commit();
  });
  const auto other = Told([&] { return Fact(*database_, "lab").value_or(""); });
  if (other != lab) {
    throw InputError(
        fmt::format("{} holds results of {}; name another folder for those of {}", results.string(), other, lab));
  }
  if (Told([&] { return Fact(*database_, "format"); }) != std::to_string(kFormat)) {
    throw InputError(fmt::format("{} was made by another version of grade; name another folder", file.string()));
  }
}

Store::~Store() = default;

std::uint64_t Store::Seed(std::uint64_t first) {
  const std::lock_guard lock(lock_->mutex());
  return Told([&] {
    SetFact(*database_, "seed", std::to_string(first));
    return std::stoull(Fact(*database_, "seed").value());
  });
}

void Store::Keep(const std::vector<Entry>& entries) {
  const std::lock_guard lock(lock_->mutex());
  Told([&] {
    SQLite::Transaction transaction(*database_);
    database_->exec("DELETE FROM entries");
    for (const auto& entry : entries) Insert(*database_, entry);
    transaction.commit();
  });
}

void Store::Keep(const ResultKey& key, const StoredResult& result) {
  const std::lock_guard lock(lock_->mutex());
  Told([&] {
    SQLite::Statement insert(*database_, "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, key.fingerprint);
    insert.bind(2, key.version);
    insert.bind(3, std::to_string(result.seed));
    insert.bind(4, result.points);
    insert.bind(5, result.total);
    insert.bind(6, result.fault ? 1 : 0);
    insert.bind(7, result.attempts);
    insert.bind(8, result.json);
    insert.bind(9, result.junit);
    insert.bind(10, result.text);
    insert.exec();
  });
}

std::optional<StoredResult> Store::Find(const ResultKey& key) {
  const std::lock_guard lock(lock_->mutex());
  return Told([&]() -> std::optional<StoredResult> {
    SQLite::Statement query(*database_,
                            "SELECT seed, points, total, fault, attempts, json, junit, text FROM results "
                            "WHERE fingerprint = ? AND version = ?");
    query.bind(1, key.fingerprint);
    query.bind(2, key.version);
    if (!query.executeStep()) return std::nullopt;
    return StoredResult{.seed = std::stoull(query.getColumn(0).getString()),
                        .points = query.getColumn(1).getDouble(),
                        .total = query.getColumn(2).getDouble(),
                        .fault = query.getColumn(3).getInt() != 0,
                        .attempts = query.getColumn(4).getInt(),
                        .json = query.getColumn(5).getString(),
                        .junit = query.getColumn(6).getString(),
                        .text = query.getColumn(7).getString()};
  });
}

}  // namespace grader::batch
