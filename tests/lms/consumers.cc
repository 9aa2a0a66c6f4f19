#include "tests/lms/consumers.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "tests/report/json_schema.h"

namespace grader::lms {
namespace {

using nlohmann::json;

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool Begins(const std::string& line, const std::string& with) { return line.rfind(with, 0) == 0; }

}  // namespace

Objections ObjectionsToJson(const std::string& text, const std::string& name) {
  const auto schema = json::parse(std::ifstream(LMS_TEST_FOLDER "/schema/" + name + ".schema.json"));
  const auto value = json::parse(text, nullptr, false);
  if (value.is_discarded()) return {"it is no JSON"};
  return report::Violations(value, schema);
}

Objections ObjectionsToAutolab(const std::string& text, const std::string& problem) {
  Objections found;
  const auto lines = LinesOf(text);
  if (lines.size() != 2) return {"it has not two lines"};
  const auto shown = json::parse(lines[0], nullptr, false);
  // Autolab puts quotes round bare keys before it parses the line; there must be nothing for it to do.
  if (std::regex_search(lines[1], std::regex("[a-zA-Z0-9]+:"))) found.push_back("Autolab would change the last line");
  const auto scores = json::parse(lines[1], nullptr, false);
  if (shown.is_discarded() || shown.value("_presentation", "") != "semantic") found.push_back("no presentation");
  if (scores.is_discarded() || !scores.contains("scores") || scores["scores"].size() != 1) return {"no scores"};
  if (!scores["scores"].contains(problem)) found.push_back("the score is of another problem");
  for (const auto& stage : shown["stages"]) {
    for (const auto& one : shown.value(stage.get<std::string>(), json::object())) {
      if (!one.is_object() || !one["passed"].is_boolean()) found.push_back("a case says not whether it passed");
    }
  }
  return found;
}

Objections ObjectionsToVpl(const std::string& text) {
  Objections found;
  const auto lines = LinesOf(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool last = i + 1 == lines.size();
    if (Begins(lines[i], "Comment :=>>")) continue;
    if (!last || !std::regex_match(lines[i], std::regex("Grade :=>>[0-9]+(\\.[0-9]+)?"))) found.push_back(lines[i]);
  }
  return found;
}

Objections ObjectionsToAnnotations(const std::string& text) {
  static const std::regex kCommand(
      "::(error|warning|notice) (file=[^,:]+,line=[0-9]+,)?title=([^,:%]|%[0-9A-F]{2})*::([^%]|%[0-9A-F]{2})*",
      std::regex::optimize);
  Objections found;
  int errors = 0;
  for (const auto& line : LinesOf(text)) {
    errors += Begins(line, "::error") ? 1 : 0;
    // std::regex recurses for each character: a long message is looked at from both ends.
    const std::string both = line.size() < 4000 ? line : line.substr(0, 4000 - 20) + "x";
    const auto cut = both.find_last_of('%');
    const bool whole = line.size() < 4000 || cut == std::string::npos || cut + 3 < both.size();
    if (!std::regex_match(whole ? both : both.substr(0, cut), kCommand)) found.push_back(line.substr(0, 200));
  }
  if (errors > 10) found.push_back("more errors than GitHub shows");
  return found;
}

}  // namespace grader::lms
