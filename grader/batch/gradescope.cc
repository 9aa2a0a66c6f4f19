#include "grader/batch/gradescope.h"

#include <date/date.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "grader/batch/error.h"

namespace grader::batch {
namespace {

// A scalar as YAML writes it: bare, or in quotes of one kind.
std::string ScalarOf(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// "2026-10-05 21:03:11.123 Z", "2026-10-05T21:03:11Z", "2026-10-05 14:03:11.1 -07:00".
std::optional<std::chrono::sys_seconds> MomentIn(const std::string& text) {
  static const std::regex kMoment(R"((\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)");
  std::smatch parts;
  if (!std::regex_match(text, parts, kMoment)) return std::nullopt;
  const std::string zone = parts[3];
  const bool offset = !zone.empty() && (zone[0] == '+' || zone[0] == '-');
  std::istringstream in(parts[1].str() + " " + parts[2].str() + " " + (offset ? zone : "+0000"));
  std::chrono::sys_seconds moment;
  const bool colon = zone.find(':') != std::string::npos;
  in >> date::parse(colon ? "%F %T %Ez" : "%F %T %z", moment);
  return in.fail() ? std::nullopt : std::optional(moment);
}

}  // namespace

std::map<std::string, GradescopeSubmission> ReadGradescope(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw InputError(file.string() + " cannot be read; export the submissions anew");
  static const std::regex kFolder(R"(^['":]?(submission_\d+)['"]?:\s*$)");
  static const std::regex kKey(R"(^\s*(?:- )?:?(name|sid|email|created_at):\s*(.*)$)");
  std::map<std::string, GradescopeSubmission> told;
  GradescopeSubmission* current = nullptr;
  for (std::string line; std::getline(in, line);) {
    std::smatch parts;
    if (std::regex_match(line, parts, kFolder)) {
      current = &told[parts[1]];
    } else if (current != nullptr && std::regex_match(line, parts, kKey)) {
      const std::string key = parts[1];
      const auto value = ScalarOf(parts[2]);
      auto& target = key == "sid" ? current->id : key == "name" ? current->name : current->email;
      if (key == "created_at") {
        if (!current->created) current->created = MomentIn(value);
      } else if (target.empty()) {
        target = value;
      }
    }
  }
  for (auto& [folder, one] : told) {
    if (one.id.empty()) one.id = one.email;
  }
  return told;
}

}  // namespace grader::batch
