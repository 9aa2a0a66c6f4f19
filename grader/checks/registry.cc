#include "grader/checks/registry.h"

#include <map>
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

std::string Where(const CheckInfo& info) { return info.file + ":" + std::to_string(info.line) + ": check " + info.id; }

// Puts checks behind those they need, else in the order they have.
class Ordering {
 public:
  explicit Ordering(const std::vector<RegisteredCheck>& checks) {
    for (const auto& check : checks) {
      if (check.info.points < 0) throw UsageError(Where(check.info) + " has less than 0 points");
      if (!checks_.emplace(check.info.id, &check).second) throw UsageError(Where(check.info) + " is there twice");
    }
    for (const auto& check : checks) Visit(check);
  }

  std::vector<RegisteredCheck> Take() { return std::move(ordered_); }

 private:
  void Visit(const RegisteredCheck& check) {
    const auto& info = check.info;
    if (done_.count(info.id) > 0) return;
    if (!entered_.insert(info.id).second) throw UsageError(Where(info) + " needs itself, through those it needs");
    for (const auto& need : info.needs) {
      const auto needed = checks_.find(need);
      if (needed == checks_.end()) throw UsageError(Where(info) + " needs " + need + ", which does not exist");
      Visit(*needed->second);
    }
    done_.insert(info.id);
    ordered_.push_back(check);
  }

  std::map<std::string, const RegisteredCheck*> checks_;
  std::set<std::string> entered_;
  std::set<std::string> done_;
  std::vector<RegisteredCheck> ordered_;
};

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
  return InOrderOfNeeds(checks);
}

std::vector<RegisteredCheck> InOrderOfNeeds(const std::vector<RegisteredCheck>& checks) {
  return Ordering(checks).Take();
}

}  // namespace grader::checks
