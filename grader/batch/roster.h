#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace grader::batch {

// One row of the roster.
struct Student {
  std::string id;  // what hand-ins are called after; unique
  std::string name = {};
  std::string email = {};
  std::string group = {};
  std::chrono::seconds extension{0};  // added to the due date
};

// Who is expected to hand in. Columns by their names in the first row, in any order: id, name, email, group, extension
// ("2d", "36h", "90min"); others are left alone.
class Roster {
 public:
  // Throws InputError with file and line: no column id, an id twice or empty, an extension that is no duration.
  static Roster Load(const std::filesystem::path& file);
  static Roster Parse(const std::string& text, const std::string& file);

  Roster() = default;
  explicit Roster(std::vector<Student> students) : students_(std::move(students)) {}

  const std::vector<Student>& students() const { return students_; }
  bool empty() const { return students_.empty(); }

  // By id, or by e-mail address or its part before the @; null if there is no such student.
  const Student* Find(const std::string& key) const;

 private:
  std::vector<Student> students_;
};

}  // namespace grader::batch
