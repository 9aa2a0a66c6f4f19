#include "grader/batch/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

#include "grader/batch/error.h"

namespace grader::batch {
namespace {

constexpr int kFormat = 2;  // of the tables below

// current: which result of a submission counts. regrades: change sets. regraded: their results, round by round; round 0
// holds what counted before the set was applied. compared, alike: likeness.h.
constexpr const char* kTables = R"(
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS entries (
    student TEXT PRIMARY KEY, name TEXT, email TEXT, team TEXT, source TEXT, folder TEXT, fingerprint TEXT,
    handed_in INTEGER, late_days INTEGER, late_kept REAL, late_unknown INTEGER, problem TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS roster (
    student TEXT PRIMARY KEY, name TEXT, email TEXT, team TEXT, extension INTEGER) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS results (
    fingerprint TEXT, version TEXT, seed TEXT NOT NULL, points REAL NOT NULL, total REAL NOT NULL,
    fault INTEGER NOT NULL, attempts INTEGER NOT NULL, json TEXT NOT NULL, junit TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (fingerprint, version)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS current (fingerprint TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS regrades (
    id INTEGER PRIMARY KEY, state TEXT NOT NULL, version TEXT NOT NULL, seed TEXT NOT NULL, rounds INTEGER NOT NULL,
    only_students TEXT NOT NULL, begun INTEGER NOT NULL, closed INTEGER);
  CREATE TABLE IF NOT EXISTS regraded (
    regrade INTEGER, round INTEGER, fingerprint TEXT, version TEXT NOT NULL, seed TEXT NOT NULL, points REAL NOT NULL,
    total REAL NOT NULL, fault INTEGER NOT NULL, attempts INTEGER NOT NULL, json TEXT NOT NULL, junit TEXT NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (regrade, round, fingerprint)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS compared (student TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS alike (
    rank INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, share_a REAL NOT NULL, share_b REAL NOT NULL,
    note TEXT NOT NULL);
)";

// flock(2) on a file of its own: SQLite's locks last for a transaction only.
os::Fd LockOf(const std::filesystem::path& results) {
  os::Fd file(open((results / "results.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!file && errno == ENOSPC) {
    throw StoreError("the disk is full; make room and start the same command again: nothing is lost");
  }
  if (!file) throw StoreError(fmt::format("{} cannot be written to", results.string()));
  if (flock(file.get(), LOCK_EX | LOCK_NB) == 0) return file;
  throw InputError(fmt::format("another grade is at work in {}; wait for it", results.string()));
}

}  // namespace

void Database::Fail(const SQLite::Exception& error) {
  if (error.getErrorCode() == SQLITE_FULL) {
    throw StoreError("the disk is full; make room and start the same command again: nothing is lost");
  }
  throw StoreError(fmt::format("the results cannot be kept: {}", error.what()));
}

Database::Database(const std::filesystem::path& results) : lock_(LockOf(results)) {
  const auto file = results / "results.sqlite";
  try {
    connection_ = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    // Exclusive: without memory shared with other processes, which a full disk or a network's file system may refuse.
    connection_->exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  } catch (const SQLite::Exception& error) {
    Fail(error);
  }
  Change([](SQLite::Database& connection) { connection.exec(kTables); });
  SetFact("format", std::to_string(kFormat));
  if (Fact("format") != std::to_string(kFormat)) {
    throw InputError(fmt::format("{} was made by another version of grade; name another folder", file.string()));
  }
}

std::optional<std::string> Database::Fact(const std::string& name) {
  return With([&](SQLite::Database& connection) {
    SQLite::Statement query(connection, "SELECT value FROM facts WHERE name = ?");
    query.bind(1, name);
    return query.executeStep() ? std::optional(query.getColumn(0).getString()) : std::nullopt;
  });
}

void Database::SetFact(const std::string& name, const std::string& value) {
  With([&](SQLite::Database& connection) {
    SQLite::Statement insert(connection, "INSERT OR IGNORE INTO facts VALUES (?, ?)");
    insert.bind(1, name);
    insert.bind(2, value);
    insert.exec();
  });
}

void BindResult(SQLite::Statement& statement, int first, const StoredResult& result) {
  statement.bind(first, std::to_string(result.seed));
  statement.bind(first + 1, result.points);
  statement.bind(first + 2, result.total);
  statement.bind(first + 3, result.fault ? 1 : 0);
  statement.bind(first + 4, result.attempts);
  statement.bind(first + 5, result.json);
  statement.bind(first + 6, result.junit);
  statement.bind(first + 7, result.text);
}

StoredResult ReadResult(SQLite::Statement& row, int first) {
  return {.seed = std::stoull(row.getColumn(first).getString()),
          .points = row.getColumn(first + 1).getDouble(),
          .total = row.getColumn(first + 2).getDouble(),
          .fault = row.getColumn(first + 3).getInt() != 0,
          .attempts = row.getColumn(first + 4).getInt(),
          .json = row.getColumn(first + 5).getString(),
          .junit = row.getColumn(first + 6).getString(),
          .text = row.getColumn(first + 7).getString()};
}

}  // namespace grader::batch
