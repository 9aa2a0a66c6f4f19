#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/os/bytes.h"

namespace grader::course {

enum class LabKind { kProgram, kLibrary };

struct LabProgram {
  std::string name;                  // "reap"
  std::vector<std::string> sources;  // {"reap.cpp"}
  bool python = true;                // also <name>.py
  std::vector<std::string> flags;
  std::string probe;               // "driver": labs/<id>/probes/driver.cpp is compiled with the sources; empty: none
  bool scheduled = false;          // runs under the controlled scheduler (grader/schedule)
  std::vector<std::string> given;  // {"task.hpp"}: files of the skeleton that stand for the submission's own
};

struct LabLimits {
  std::optional<std::chrono::milliseconds> cpu_time;
  std::optional<os::Bytes> memory;
  std::optional<int> processes;
};

// labs/<id>/lab.toml.
struct Lab {
  std::string id;    // "lab02-reap": the folder's name
  int number = 0;    // 2
  std::string name;  // "reap"
  std::string title;
  int day = 0;
  LabKind kind = LabKind::kProgram;
  std::vector<LabProgram> programs;
  LabLimits limits;
  std::optional<std::chrono::sys_seconds> due;  // from course.toml
  std::filesystem::path folder;                 // labs/<id>
  std::filesystem::path skeleton;               // skeletons/<id>
  std::filesystem::path reference;              // reference/<id>
};

// Reads labs/<id>/lab.toml; skeleton and reference are the folders of that name beside labs/, whether they exist or
// not. Throws CourseError with file:line:column and the remedy.
Lab LoadLab(const std::filesystem::path& lab_toml);

}  // namespace grader::course
