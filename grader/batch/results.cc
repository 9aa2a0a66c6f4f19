#include "grader/batch/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grader/batch/csv.h"
#include "grader/batch/error.h"
#include "grader/batch/likeness.h"
#include "grader/batch/student_page.h"
#include "grader/build/digest.h"
#include "grader/report/class_junit.h"
#include "grader/report/file.h"
#include "grader/report/text.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

// One row of grades.csv.
struct Row {
  std::string student;
  std::optional<double> points = {};
  std::optional<double> raw = {};
  std::optional<double> total = {};
  std::string status;
  std::string late = {};
  std::string name = {};
  std::string email = {};
  std::string group = {};
  std::string note = {};
};

std::string NumberText(const std::optional<double>& number) { return number ? report::PointsText(*number) : ""; }

std::string LateText(const std::optional<Lateness>& lateness) {
  if (!lateness) return {};
  return lateness->unknown ? "late" : std::to_string(lateness->days);
}

std::string Table(const std::string& lab, const std::map<std::string, Row>& rows) {
  std::string table =
      CsvLine({"id", "lab", "points", "max", "status", "late", "raw", "name", "email", "group", "note"});
  for (const auto& [student, row] : rows) {
    table += CsvLine({student, lab, NumberText(row.points), NumberText(row.total), row.status, row.late,
                      NumberText(row.raw), row.name, row.email, row.group, report::OneLine(row.note)});
  }
  return table;
}

void MakeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return;
  throw StoreError(fmt::format("cannot make the folder {}: {}; start the same command again: nothing is lost",
                               folder.string(), error.message()));
}

class Results {
 public:
  Results(const BatchOrder& order, const Store& store) : order_(order), store_(store) {}

  Standing Write(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) Add(entry);
    for (const Student& student : order_.roster.students()) AddMissing(student);
    Note();
    report::WriteReport(order_.results / "grades.csv", Table(order_.lab.id, rows_));
    report::WriteReport(order_.results / "junit.xml", report::ClassJunitXml(suites_));
    report::WriteReport(order_.results / "index.html", report::ClassHtml(ClassPage()));
    return standing_;
  }

 private:
  void Add(const Entry& entry) {
    const auto& hand_in = entry.hand_in;
    Row row{.student = hand_in.student,
            .status = "refused",
            .late = LateText(entry.lateness),
            .name = hand_in.name,
            .email = hand_in.email,
            .group = entry.group,
            .note = hand_in.problem};
    const auto folder = order_.results / "students" / FileNameOf(hand_in.student);
    MakeFolder(folder);
    if (!hand_in.problem.empty()) {
      ++standing_.refused;
      row.raw = row.points = 0;
      report::WriteReport(folder / "report.txt", "This hand-in cannot be graded: " + hand_in.problem + ".\n");
    } else if (const auto result = store_.Current(entry.fingerprint)) {
      Fill(row, *result, entry);
      WriteStudent(folder, hand_in.student, *result);
    } else {
      ++standing_.faults;
      row.status = "fault";
      row.note = "not graded yet; start grade batch again";
    }
    rows_[hand_in.student] = std::move(row);
  }

  void Fill(Row& row, const StoredResult& result, const Entry& entry) {
    row.total = result.total > 0 ? std::optional(result.total) : std::nullopt;
    total_ = row.total ? row.total : total_;
    row.status = result.fault ? "fault" : "graded";
    if (result.fault) {
      ++standing_.faults;
      row.note = "the grader or the machine failed; start the same command again";
    } else {
      row.raw = result.points;
      row.points = result.points * (entry.lateness ? entry.lateness->kept : 1);
    }
    same_[entry.fingerprint].push_back(row.student);
  }

  void WriteStudent(const fs::path& folder, const std::string& student, const StoredResult& result) {
    report::WriteReport(folder / "report.txt", result.text);
    if (result.json.empty()) return;  // it ended before there was a grading
    class_rows_[student] = WriteStudentPage(folder, result.json);
    report::WriteReport(folder / "junit.xml", result.junit);
    suites_.push_back({student, result.junit});
  }

  report::ClassReport ClassPage() {
    report::ClassReport page{.lab = order_.lab.id, .title = order_.lab.title, .max = total_.value_or(0)};
    for (const auto& [student, row] : rows_) {
      report::ClassRow shown = std::move(class_rows_[student]);
      shown.student = student;
      shown.name = row.name;
      shown.group = row.group;
      shown.status = row.status;
      shown.note = row.note;
      shown.late = row.late;
      shown.points = row.points;
      page.rows.push_back(std::move(shown));
    }
    const Likeness likeness = KeptLikeness(store_);
    page.compared = likeness.compared.size();
    for (const AlikePair& pair : likeness.pairs) {
      page.similar.push_back({pair.a, pair.b, pair.share_a, pair.share_b, pair.note});
    }
    return page;
  }

  void AddMissing(const Student& student) {
    if (rows_.contains(student.id)) return;
    ++standing_.missing;
    rows_[student.id] = {.student = student.id,
                         .points = 0,
                         .raw = 0,
                         .status = "missing",
                         .name = student.name,
                         .email = student.email,
                         .group = student.group};
  }

  // What can be said only when all rows are there.
  void Note() {
    for (auto& [student, row] : rows_) {
      if (!row.total && row.status != "fault") row.total = total_;
    }
    for (const auto& [fingerprint, students] : same_) {
      if (students.size() < 2) continue;
      for (const auto& student : students) {
        auto& note = rows_[student].note;
        if (note.empty())
          note = fmt::format("the same files as {}", student == students[0] ? students[1] : students[0]);
      }
    }
  }

  const BatchOrder& order_;
  const Store& store_;
  std::map<std::string, Row> rows_;
  std::vector<report::ClassSuite> suites_;
  std::map<std::string, report::ClassRow> class_rows_;    // of those that were graded
  std::map<std::string, std::vector<std::string>> same_;  // students, by fingerprint
  std::optional<double> total_;
  Standing standing_;
};

}  // namespace

Standing WriteResults(const BatchOrder& order, const std::vector<Entry>& entries, const Store& store) {
  return Results(order, store).Write(entries);
}

std::string FileNameOf(const std::string& student) {
  constexpr std::size_t kLongest = 80;
  constexpr std::size_t kDigits = 8;
  std::string name = student.substr(0, kLongest);
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '@' || c == '-';
  };
  std::ranges::replace_if(
      name, [&](unsigned char c) { return !plain(c); }, '_');
  if (name.starts_with('.')) name[0] = '_';
  return name == student ? name : name + "-" + build::Digest().Add(student).Hex().substr(0, kDigits);
}

}  // namespace grader::batch
