#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "grader/course/lab.h"

namespace grader::batch {

// How much of a submission is read.
struct FingerprintBounds {
  std::uint64_t bytes = 256 << 20;  // of all files together
  std::uint64_t file_bytes = 64 << 20;
  int entries = 20'000;
};

// SHA-256 of all that a submission is: the names and contents of its plain files, at any depth, and whether they can be
// executed. What begins with a dot is left out, as the grader does not look at it. Links count by their targets' names.
// Throws RefusedArchive, with the reason, for what is out of bounds, and std::system_error for what cannot be read.
std::string FingerprintOf(const std::filesystem::path& submission, const FingerprintBounds& bounds = {});

// SHA-256 of all that decides the verdicts of a lab: its checks executable, which holds the grader, and its lab.toml,
// quiz, probes and given headers. Throws std::system_error.
std::string FingerprintOf(const course::Lab& lab, const std::filesystem::path& checks);

}  // namespace grader::batch
