#include "grader/course/course.h"

#include <algorithm>
#include <cctype>

#include "grader/course/error.h"
#include "grader/course/lab_limits.h"
#include "grader/course/nearest.h"
#include "grader/course/quantity.h"
#include "grader/course/toml_table.h"

namespace grader::course {
namespace {

namespace fs = std::filesystem;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// All that a person may call a lab.
std::vector<std::string> NamesOf(const Lab& lab) {
  const std::string number = std::to_string(lab.number);
  const std::string two_digits = (lab.number < 10 ? "0" : "") + number;
  return {"lab" + number, lab.name, lab.id, number, two_digits, "lab" + two_digits, "lab" + number + "-" + lab.name};
}

const Lab* Find(const std::vector<Lab>& labs, std::string_view words) {
  const std::string wanted = Lower(words.substr(0, words.find_last_not_of('/') + 1));
  const auto is_wanted = [&](const Lab& lab) {
    const auto names = NamesOf(lab);
    return std::find(names.begin(), names.end(), wanted) != names.end();
  };
  const auto found = std::find_if(labs.begin(), labs.end(), is_wanted);
  return found == labs.end() ? nullptr : &*found;
}

std::string NoSuchLab(const std::vector<Lab>& labs, std::string_view words) {
  std::string text = "no lab is called '" + std::string(words) + "'";
  if (labs.empty()) return text + "; this course has no labs";
  std::vector<std::string> long_names;
  for (const Lab& lab : labs) long_names.insert(long_names.end(), {lab.name, lab.id});
  text += DidYouMean(Lower(words), long_names);
  text += "; the labs are";
  for (const Lab& lab : labs) {
    text += (&lab == &labs.front() ? " " : ", ") + ("lab" + std::to_string(lab.number)) + " (" + lab.name + ")";
  }
  return text;
}

std::vector<Lab> LoadLabs(const fs::path& root) {
  std::vector<fs::path> files;
  std::error_code no_labs_yet;
  for (const auto& entry : fs::directory_iterator(root / "labs", no_labs_yet)) {
    if (fs::exists(entry.path() / "lab.toml")) files.push_back(entry.path() / "lab.toml");
  }
  std::sort(files.begin(), files.end());
  std::vector<Lab> labs;
  for (const fs::path& file : files) {
    Lab lab = LoadLab(file);
    for (const Lab& other : labs) {
      if (other.number != lab.number && other.name != lab.name) continue;
      const std::string same = other.number == lab.number ? "number " + std::to_string(lab.number) : "name " + lab.name;
      throw CourseError("labs/" + lab.id + "/lab.toml:1:1: its " + same + " is that of labs/" + other.id +
                        " too; give each lab its own");
    }
    labs.push_back(std::move(lab));
  }
  std::sort(labs.begin(), labs.end(), [](const Lab& a, const Lab& b) { return a.number < b.number; });
  return labs;
}

std::optional<LateRule> ReadLateRule(const TomlTable& file) {
  const auto table = file.OptionalTable("late");
  if (!table) return std::nullopt;
  table->AllowOnly({"grace", "percent_per_day", "days"});
  LateRule rule;
  if (const auto text = table->OptionalString("grace")) {
    const auto grace = ParseDuration(*text);
    if (!grace) throw table->Wrong("grace", "'grace' is \"" + *text + "\"; write a time, such as \"15min\"");
    rule.grace = *grace;
  }
  rule.percent_per_day = table->Integer("percent_per_day", {0, 100});
  rule.days = table->OptionalInteger("days", {0, 365});
  return rule;
}

void ReadDueDates(const TomlTable& file, std::vector<Lab>& labs) {
  const auto table = file.OptionalTable("due");
  if (!table) return;
  for (const std::string& key : table->Keys()) {
    const Lab* found = Find(labs, key);
    if (!found) throw table->Wrong(key, NoSuchLab(labs, key));
    Lab& lab = labs[static_cast<std::size_t>(found - labs.data())];
    if (lab.due) throw table->Wrong(key, "a second due date for lab" + std::to_string(lab.number) + "; keep one");
    lab.due = table->Instant(key);
  }
}

}  // namespace

Course LoadCourse(const fs::path& root) {
  const auto file = TomlTable::Load(root / "course.toml", "course.toml");
  file.AllowOnly({"title", "limits", "late", "due"});
  Course course;
  course.title = file.String("title");
  course.root = root;
  course.limits = ReadLimits(file);
  course.late = ReadLateRule(file);
  course.labs = LoadLabs(root);
  ReadDueDates(file, course.labs);
  return course;
}

const Lab* FindLabIfAny(const Course& course, std::string_view words) { return Find(course.labs, words); }

const Lab& FindLab(const Course& course, std::string_view words) {
  if (const Lab* lab = Find(course.labs, words)) return *lab;
  throw CourseError(NoSuchLab(course.labs, words));
}

}  // namespace grader::course
