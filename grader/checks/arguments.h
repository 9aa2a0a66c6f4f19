#pragma once

#include <filesystem>
#include <optional>

#include "grader/checks/selection.h"

namespace grader::checks {

// The command line of a checks executable, as check_main.h tells it.
struct Arguments {
  enum class Task { kGrade, kBuildOnly, kList };
  Task task = Task::kGrade;
  int results = 3;  // the descriptor for events
  std::optional<Shard> shard;
  std::filesystem::path lab_folder;  // for kList
};

// Throws UsageError.
Arguments ParseArguments(int argc, char** argv);

}  // namespace grader::checks
