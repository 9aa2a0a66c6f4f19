#include "grader/batch/roster.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "grader/batch/csv.h"
#include "grader/batch/error.h"

namespace grader::batch {
namespace {

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::string Trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<std::chrono::seconds> DurationIn(const std::string& text) {
  if (text.empty()) return std::chrono::seconds(0);
  static const std::map<std::string, std::chrono::seconds> kUnits = {
      {"d", std::chrono::days(1)}, {"h", std::chrono::hours(1)}, {"min", std::chrono::minutes(1)}};
  constexpr int kMostOfAUnit = 10'000;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto unit = kUnits.find(std::string(end, text.data() + text.size()));
  if (error != std::errc() || number < 0 || number > kMostOfAUnit || unit == kUnits.end()) return std::nullopt;
  return number * unit->second;
}

// Which column is which.
class Columns {
 public:
  Columns(const CsvRow& header, const std::string& file) {
    for (std::size_t i = 0; i < header.cells.size(); ++i) places_.try_emplace(Lower(Trimmed(header.cells[i])), i);
    if (places_.contains("id")) return;
    throw InputError(file + ":" + std::to_string(header.line) +
                     ": there is no column id; the first row names the columns: id,name,email,group,extension");
  }

  std::string In(const CsvRow& row, const std::string& name) const {
    const auto place = places_.find(name);
    return place == places_.end() || place->second >= row.cells.size() ? "" : Trimmed(row.cells[place->second]);
  }

 private:
  std::map<std::string, std::size_t> places_;
};

}  // namespace

Roster Roster::Load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw InputError(file.string() + " cannot be read; --roster names a CSV file");
  return Parse(text.str(), file.string());
}

Roster Roster::Parse(const std::string& text, const std::string& file) {
  const auto rows = ReadCsv(text, file);
  if (rows.empty()) throw InputError(file + ":1: the roster is empty; its first row names the columns: id,name,email");
  const Columns columns(rows.front(), file);
  Roster roster;
  std::set<std::string> known;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto where = file + ":" + std::to_string(row.line) + ": ";
    Student student{.id = columns.In(row, "id"),
                    .name = columns.In(row, "name"),
                    .email = columns.In(row, "email"),
                    .group = columns.In(row, "group")};
    if (student.id.empty()) throw InputError(where + "a student without an id; fill it in, or remove the row");
    if (!known.insert(student.id).second) throw InputError(where + "'" + student.id + "' is there twice; keep one row");
    const auto extension = columns.In(row, "extension");
    const auto duration = DurationIn(extension);
    if (!duration) throw InputError(where + "'" + extension + "' is no extension; write 2d, 36h or 90min");
    student.extension = *duration;
    roster.students_.push_back(std::move(student));
  }
  return roster;
}

const Student* Roster::Find(const std::string& key) const {
  const auto by = [&](const auto& matches) {
    const auto found = std::ranges::find_if(students_, matches);
    return found == students_.end() ? nullptr : &*found;
  };
  if (const auto* student = by([&](const Student& one) { return one.id == key; })) return student;
  return by([&](const Student& one) {
    return !one.email.empty() && (one.email == key || one.email.substr(0, one.email.find('@')) == key);
  });
}

}  // namespace grader::batch
