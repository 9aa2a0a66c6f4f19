#include "grader/batch/store.h"

#include <fmt/format.h>

#include <system_error>

#include "grader/batch/database.h"
#include "grader/batch/error.h"

namespace grader::batch {
namespace {

void Insert(SQLite::Database& connection, const Entry& entry) {
  SQLite::Statement insert(connection, "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const auto& hand_in = entry.hand_in;
  int column = 0;
  for (const auto& text :
       {hand_in.student, hand_in.name, hand_in.email, entry.group, std::filesystem::absolute(hand_in.source).string(),
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

void Insert(SQLite::Database& connection, const Student& student) {
  SQLite::Statement insert(connection, "INSERT INTO roster VALUES (?, ?, ?, ?, ?)");
  int column = 0;
  for (const auto& text : {student.id, student.name, student.email, student.group}) insert.bind(++column, text);
  insert.bind(++column, static_cast<std::int64_t>(student.extension.count()));
  insert.exec();
}

Entry ReadEntry(SQLite::Statement& row) {
  const auto text = [&](const char* name) { return row.getColumn(name).getString(); };
  Entry entry{.hand_in = {.student = text("student"),
                          .name = text("name"),
                          .email = text("email"),
                          .source = text("source"),
                          .problem = text("problem")},
              .group = text("team"),
              .folder = text("folder"),
              .fingerprint = text("fingerprint")};
  if (const auto time = row.getColumn("handed_in"); !time.isNull()) {
    entry.hand_in.handed_in = std::chrono::sys_seconds(std::chrono::seconds(time.getInt64()));
  }
  if (const auto days = row.getColumn("late_days"); !days.isNull()) {
    entry.lateness = Lateness{.days = days.getInt(),
                              .kept = row.getColumn("late_kept").getDouble(),
                              .unknown = row.getColumn("late_unknown").getInt() != 0};
    entry.hand_in.marked_late = entry.lateness->unknown;
  }
  return entry;
}

std::optional<StoredResult> First(SQLite::Statement& query) {
  return query.executeStep() ? std::optional(ReadResult(query, 0)) : std::nullopt;
}

}  // namespace

Store::Store(const std::filesystem::path& results, const std::string& lab) {
  std::error_code error;
  std::filesystem::create_directories(results, error);
  if (error)
    throw InputError(fmt::format("{}: {}; name another folder for results", results.string(), error.message()));
  database_ = std::make_unique<Database>(results);
  database_->SetFact("lab", lab);
  if (Lab() == lab) return;
  throw InputError(
      fmt::format("{} holds results of {}; name another folder for those of {}", results.string(), Lab(), lab));
}

Store::Store(const std::filesystem::path& results) {
  std::error_code none;
  if (!std::filesystem::exists(results / "results.sqlite", none)) {
    throw InputError(fmt::format("{} holds no results; name a folder that grade batch has filled", results.string()));
  }
  database_ = std::make_unique<Database>(results);
}

Store::~Store() = default;

std::string Store::Lab() const { return database_->Fact("lab").value_or(""); }

std::uint64_t Store::Seed(std::uint64_t first) {
  database_->SetFact("seed", std::to_string(first));
  return std::stoull(database_->Fact("seed").value());
}

void Store::Keep(const std::vector<Entry>& entries, const Roster& roster) {
  database_->Change([&](SQLite::Database& connection) {
    connection.exec("DELETE FROM entries; DELETE FROM roster;");
    for (const auto& entry : entries) Insert(connection, entry);
    for (const auto& student : roster.students()) Insert(connection, student);
  });
}

std::vector<Entry> Store::Entries() const {
  return database_->With([](SQLite::Database& connection) {
    SQLite::Statement query(connection, "SELECT * FROM entries ORDER BY student");
    std::vector<Entry> entries;
    while (query.executeStep()) entries.push_back(ReadEntry(query));
    return entries;
  });
}

Roster Store::KeptRoster() const {
  return database_->With([](SQLite::Database& connection) {
    SQLite::Statement query(connection, "SELECT student, name, email, team, extension FROM roster ORDER BY student");
    std::vector<Student> students;
    while (query.executeStep()) {
      const auto text = [&](int column) { return query.getColumn(column).getString(); };
      students.push_back({text(0), text(1), text(2), text(3), std::chrono::seconds(query.getColumn(4).getInt64())});
    }
    return Roster(std::move(students));
  });
}

void Store::Keep(const ResultKey& key, const StoredResult& result) {
  database_->Change([&](SQLite::Database& connection) {
    SQLite::Statement insert(connection, "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, key.fingerprint);
    insert.bind(2, key.version);
    BindResult(insert, 3, result);
    insert.exec();
    SQLite::Statement counts(connection, "INSERT OR REPLACE INTO current VALUES (?, ?)");
    counts.bind(1, key.fingerprint);
    counts.bind(2, key.version);
    counts.exec();
  });
}

std::optional<StoredResult> Store::Current(const std::string& fingerprint) const {
  return database_->With([&](SQLite::Database& connection) {
    SQLite::Statement query(
        connection, fmt::format("SELECT {} FROM results NATURAL JOIN current WHERE fingerprint = ?", kResultColumns));
    query.bind(1, fingerprint);
    return First(query);
  });
}

std::optional<std::string> Store::GradedBy(const std::string& fingerprint) const {
  return database_->With([&](SQLite::Database& connection) {
    SQLite::Statement query(connection,
                            "SELECT version FROM results NATURAL JOIN current WHERE fingerprint = ? AND fault = 0");
    query.bind(1, fingerprint);
    return query.executeStep() ? std::optional(query.getColumn(0).getString()) : std::nullopt;
  });
}

}  // namespace grader::batch
