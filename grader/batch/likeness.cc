#include "grader/batch/likeness.h"

#include "grader/batch/database.h"
#include "grader/batch/store.h"

namespace grader::batch {

void KeepLikeness(const Store& store, const Likeness& likeness) {
  store.database().Change([&](SQLite::Database& connection) {
    connection.exec("DELETE FROM compared; DELETE FROM alike;");
    for (const auto& [student, fingerprint] : likeness.compared) {
      SQLite::Statement insert(connection, "INSERT INTO compared VALUES (?, ?)");
      insert.bind(1, student);
      insert.bind(2, fingerprint);
      insert.exec();
    }
    int rank = 0;
    for (const AlikePair& pair : likeness.pairs) {
      SQLite::Statement insert(connection, "INSERT INTO alike VALUES (?, ?, ?, ?, ?, ?)");
      insert.bind(1, ++rank);
      insert.bind(2, pair.a);
      insert.bind(3, pair.b);
      insert.bind(4, pair.share_a);
      insert.bind(5, pair.share_b);
      insert.bind(6, pair.note);
      insert.exec();
    }
  });
}

Likeness KeptLikeness(const Store& store) {
  return store.database().With([](SQLite::Database& connection) {
    Likeness likeness;
    SQLite::Statement compared(connection, "SELECT student, fingerprint FROM compared NATURAL JOIN entries");
    while (compared.executeStep()) {
      likeness.compared[compared.getColumn(0).getString()] = compared.getColumn(1).getString();
    }
    SQLite::Statement query(connection, "SELECT a, b, share_a, share_b, note FROM alike ORDER BY rank");
    while (query.executeStep()) {
      AlikePair pair{.a = query.getColumn(0).getString(),
                     .b = query.getColumn(1).getString(),
                     .share_a = query.getColumn(2).getDouble(),
                     .share_b = query.getColumn(3).getDouble(),
                     .note = query.getColumn(4).getString()};
      if (likeness.compared.contains(pair.a) && likeness.compared.contains(pair.b)) {
        likeness.pairs.push_back(std::move(pair));
      }
    }
    return likeness;
  });
}

}  // namespace grader::batch
