// What a learning platform or a CI service takes to grade a lab.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "grader/lms/grader_tree.h"

namespace grader::lms {

enum class PackKind { kGradescope, kPrairielearn, kAutolab, kVpl, kGithub, kGitlab, kJenkins, kGrader };

// Their names on the command line.
std::vector<std::string> PackNames();

// Throws std::invalid_argument if there is no such kind.
PackKind PackKindOf(std::string_view name);

struct PackWishes {
  std::string image = "grade:debian12";  // of PrairieLearn's containers
  int points = 100;                      // of the lab, for Autolab's problem
};

struct Pack {
  std::string file;   // "lab02-reap-gradescope.zip"
  std::string bytes;  // the whole file
  std::string next;   // one line: what to do with it
};

// `scratch` is an empty folder. Throws std::runtime_error.
Pack MakePack(PackKind kind, const GraderParts& parts, const PackWishes& wishes, const std::filesystem::path& scratch);

}  // namespace grader::lms
