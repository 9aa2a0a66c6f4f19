#include "grader/checks/registry.h"

#include <set>
#include <utility>

#include "grader/checks/errors.h"
#include "grader/checks/lab_check.h"
#include "grader/checks/quiz.h"

namespace grader::checks {
namespace {

// What a static registration leaves for CheckMain; a quiz has no factory.
struct Entry {
  CheckPlace place;
  CheckSpec spec;
  CheckFactory make;
};

std::vector<Entry>& Entries() {
  static std::vector<Entry> entries;  // inside a function, so that it exists before any registration uses it
  return entries;
}

// From "labs/" on, as the repository knows it, whatever path the compiler was given.
std::string InRepository(const std::string& file) {
  const auto labs = file.rfind("/labs/");
  if (labs != std::string::npos) return file.substr(labs + 1);
  return file.starts_with("labs/") ? file : file.substr(file.rfind('/') + 1);
}

RegisteredCheck FromEntry(const Entry& entry) {
  const auto& [place, spec, make] = entry;
  CheckInfo info;
  info.id = place.suite + "." + place.name;
  info.title = spec.title.empty() ? TitleFromName(place.name) : spec.title;
  info.points = spec.points;
  info.hint = spec.hint;
  info.visibility = spec.visibility;
  info.needs = spec.needs;
  info.file = InRepository(place.file);
  info.line = place.line;
  return {std::move(info), make};
}

void Validate(const std::vector<RegisteredCheck>& checks) {
  std::set<std::string> known;
  for (const auto& check : checks) {
    const auto& info = check.info;
    const auto where = info.file + ":" + std::to_string(info.line) + ": check " + info.id;
    for (const auto& need : info.needs) {
      if (known.count(need) == 0) throw UsageError(where + " needs " + need + ", which is not registered before it");
    }
    if (info.points < 0) throw UsageError(where + " has less than 0 points");
    if (!known.insert(info.id).second) throw UsageError(where + " is there twice");
  }
}

}  // namespace

Registration::Registration(CheckPlace place, CheckSpec spec, CheckFactory make) {
  Entries().push_back({std::move(place), std::move(spec), std::move(make)});
}

QuizRegistration::QuizRegistration(CheckPlace place) { Entries().push_back({std::move(place), {}, nullptr}); }

std::vector<RegisteredCheck> RegisteredChecks(const std::filesystem::path& lab_folder) {
  std::vector<RegisteredCheck> checks;
  for (const auto& entry : Entries()) {
    if (entry.make) {
      checks.push_back(FromEntry(entry));
      continue;
    }
    for (auto& question : QuizChecks(lab_folder / "quiz.toml", entry.place)) checks.push_back(std::move(question));
  }
  Validate(checks);
  return checks;
}

}  // namespace grader::checks
