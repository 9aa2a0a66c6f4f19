#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "grader/checks/result.h"

namespace grader::checks {

class LabCheck;

// What a check says of itself at registration, in this order.
struct CheckSpec {
  double points = 0;
  std::string hint;  // shown when it fails
  Visibility visibility = Visibility::kVisible;
  std::vector<std::string> needs;  // ids of checks without which this one says nothing: {"Reap.WaitsForAll"}
  std::string title;               // empty: made from the name, LeavesNoZombie -> "leaves no zombie"
};

// Where a check stands: names and source.
struct CheckPlace {
  std::string suite;
  std::string name;
  std::string file;
  int line = 0;
};

using CheckFactory = std::function<std::unique_ptr<LabCheck>()>;

struct RegisteredCheck {
  CheckInfo info;
  CheckFactory make;
};

// Records a check before main; nothing runs. LAB_CHECK makes one per check.
class Registration {
 public:
  Registration(CheckPlace place, CheckSpec spec, CheckFactory make);
};

// Records that the lab has a quiz: labs/<id>/quiz.toml.
class QuizRegistration {
 public:
  explicit QuizRegistration(CheckPlace place);
};

// The checks in the order of registration, which is that of the files' names and then of the lines, except that a check
// comes behind those it needs; the quiz's questions (from lab_folder/quiz.toml) in the place of LAB_QUIZ(). Throws
// UsageError if quiz.toml is wrong, or as InOrderOfNeeds() does.
std::vector<RegisteredCheck> RegisteredChecks(const std::filesystem::path& lab_folder);

// Throws UsageError if two checks have one id, or one needs itself or a check that does not exist.
std::vector<RegisteredCheck> InOrderOfNeeds(const std::vector<RegisteredCheck>& checks);

// "LeavesNoZombieInABurst" -> "leaves no zombie in a burst".
std::string TitleFromName(const std::string& name);

}  // namespace grader::checks

// One check for each question of labs/<id>/quiz.toml, in the suite Quiz.
#define LAB_QUIZ() \
  [[maybe_unused]] static const ::grader::checks::QuizRegistration lab_quiz_registered({"Quiz", "", __FILE__, __LINE__})
