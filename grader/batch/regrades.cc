#include "grader/batch/regrades.h"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

#include "grader/batch/database.h"

namespace grader::batch {
namespace {

constexpr const char* kColumns = "id, state, version, seed, rounds, only_students, begun, closed";

const std::map<RegradeState, std::string> kStates = {{RegradeState::kRunning, "running"},
                                                     {RegradeState::kReady, "ready"},
                                                     {RegradeState::kApplied, "applied"},
                                                     {RegradeState::kDiscarded, "discarded"}};

RegradeState StateOf(const std::string& word) {
  for (const auto& [state, name] : kStates) {
    if (name == word) return state;
  }
  throw std::invalid_argument("no state of a regrade: " + word);
}

// Patterns stand one a line: no argument of a command needs a line end.
std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::chrono::sys_seconds Now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::int64_t Count(std::chrono::sys_seconds time) { return time.time_since_epoch().count(); }
std::chrono::sys_seconds TimeOf(std::int64_t count) { return std::chrono::sys_seconds(std::chrono::seconds(count)); }

Regrade ReadRegrade(SQLite::Statement& row) {
  const auto text = [&](const char* name) { return row.getColumn(name).getString(); };
  Regrade regrade{.id = row.getColumn("id").getInt(),
                  .state = StateOf(text("state")),
                  .plan = {.version = text("version"),
                           .seed = std::stoull(text("seed")),
                           .rounds = row.getColumn("rounds").getInt(),
                           .only = LinesOf(text("only_students"))},
                  .begun = TimeOf(row.getColumn("begun").getInt64()),
                  .closed = {}};
  if (const auto closed = row.getColumn("closed"); !closed.isNull()) regrade.closed = TimeOf(closed.getInt64());
  return regrade;
}

void SetState(SQLite::Database& connection, int id, RegradeState state) {
  SQLite::Statement update(connection, "UPDATE regrades SET state = ?, closed = ? WHERE id = ?");
  update.bind(1, kStates.at(state));
  if (state == RegradeState::kApplied || state == RegradeState::kDiscarded) update.bind(2, Count(Now()));
  update.bind(3, id);
  update.exec();
}

// Runs `sql`, whose only parameter is a regrade's id.
void Do(SQLite::Database& connection, const std::string& sql, int id) {
  SQLite::Statement statement(connection, sql);
  statement.bind(1, id);
  statement.exec();
}

}  // namespace

std::optional<Regrade> Regrades::Last() const {
  return database_.With([](SQLite::Database& connection) {
    SQLite::Statement query(connection, fmt::format("SELECT {} FROM regrades ORDER BY id DESC LIMIT 1", kColumns));
    return query.executeStep() ? std::optional(ReadRegrade(query)) : std::nullopt;
  });
}

std::optional<Regrade> Regrades::Find(int id) const {
  return database_.With([&](SQLite::Database& connection) {
    SQLite::Statement query(connection, fmt::format("SELECT {} FROM regrades WHERE id = ?", kColumns));
    query.bind(1, id);
    return query.executeStep() ? std::optional(ReadRegrade(query)) : std::nullopt;
  });
}

Regrade Regrades::Begin(const RegradePlan& plan) {
  database_.Change([&](SQLite::Database& connection) {
    SQLite::Statement insert(connection,
                             "INSERT INTO regrades (state, version, seed, rounds, only_students, begun) "
                             "VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(1, kStates.at(RegradeState::kRunning));
    insert.bind(2, plan.version);
    insert.bind(3, std::to_string(plan.seed));
    insert.bind(4, plan.rounds);
    insert.bind(5, Joined(plan.only));
    insert.bind(6, Count(Now()));
    insert.exec();
  });
  return Last().value();
}

void Regrades::Keep(const Regrade& regrade, const RegradedKey& key, const StoredResult& result) {
  database_.Change([&](SQLite::Database& connection) {
    SQLite::Statement insert(connection, "INSERT OR REPLACE INTO regraded VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, regrade.id);
    insert.bind(2, key.round);
    insert.bind(3, key.fingerprint);
    insert.bind(4, regrade.plan.version);
    BindResult(insert, 5, result);
    insert.exec();
  });
}

std::set<RegradedKey> Regrades::Done(const Regrade& regrade) const {
  return database_.With([&](SQLite::Database& connection) {
    SQLite::Statement query(connection, "SELECT round, fingerprint FROM regraded WHERE regrade = ? AND fault = 0");
    query.bind(1, regrade.id);
    std::set<RegradedKey> done;
    while (query.executeStep()) done.insert({query.getColumn(0).getInt(), query.getColumn(1).getString()});
    return done;
  });
}

std::vector<std::string> Regrades::Fingerprints(const Regrade& regrade) const {
  return database_.With([&](SQLite::Database& connection) {
    SQLite::Statement query(connection, "SELECT fingerprint FROM regraded WHERE regrade = ? AND round = 1");
    query.bind(1, regrade.id);
    std::vector<std::string> fingerprints;
    while (query.executeStep()) fingerprints.push_back(query.getColumn(0).getString());
    return fingerprints;
  });
}

std::map<int, StoredResult> Regrades::Rounds(const Regrade& regrade, const std::string& fingerprint) const {
  return database_.With([&](SQLite::Database& connection) {
    SQLite::Statement query(
        connection,
        fmt::format("SELECT round, {} FROM regraded WHERE regrade = ? AND fingerprint = ?", kResultColumns));
    query.bind(1, regrade.id);
    query.bind(2, fingerprint);
    std::map<int, StoredResult> rounds;
    while (query.executeStep()) rounds[query.getColumn(0).getInt()] = ReadResult(query, 1);
    return rounds;
  });
}

void Regrades::MarkReady(const Regrade& regrade) {
  database_.Change([&](SQLite::Database& connection) { SetState(connection, regrade.id, RegradeState::kReady); });
}

void Regrades::Apply(const Regrade& regrade) {
  const auto with_columns = [](const char* sql) { return fmt::format(fmt::runtime(sql), kResultColumns); };
  database_.Change([&](SQLite::Database& connection) {
    Do(connection,
       with_columns("INSERT OR REPLACE INTO regraded SELECT ?1, 0, fingerprint, version, {} "
                    "FROM results NATURAL JOIN current WHERE fingerprint IN "
                    "(SELECT fingerprint FROM regraded WHERE regrade = ?1 AND round = 1)"),
       regrade.id);
    Do(connection,
       with_columns("INSERT OR REPLACE INTO results SELECT fingerprint, version, {} FROM regraded "
                    "WHERE regrade = ?1 AND round = 1"),
       regrade.id);
    Do(connection,
       "INSERT OR REPLACE INTO current SELECT fingerprint, version FROM regraded WHERE regrade = ?1 AND round = 1",
       regrade.id);
    SetState(connection, regrade.id, RegradeState::kApplied);
  });
}

void Regrades::Discard(const Regrade& regrade) {
  database_.Change([&](SQLite::Database& connection) { SetState(connection, regrade.id, RegradeState::kDiscarded); });
}

}  // namespace grader::batch
