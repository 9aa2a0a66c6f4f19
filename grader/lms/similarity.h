// Which hand-ins of a class resemble each other more than chance and the skeleton explain.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/lms/similarity_tester.h"
#include "grader/lms/sources.h"

namespace grader::lms {

// One student's code.
struct Candidate {
  std::string student;
  std::string fingerprint;  // of the whole hand-in; equal: the same files
  std::vector<Source> sources;
};

// From a line of a file to one of the same file, or of a later one.
struct Place {
  std::string file;
  int first = 0;
  std::string last_file;
  int last = 0;
};

// Lines of both that are the same but for names, numbers, texts and layout.
struct Stretch {
  Place a;
  Place b;
  int units = 0;
};

struct SimilarPair {
  std::string a;
  std::string b;
  double share_a = 0;  // of what a wrote, from 0 to 100: what b has, too
  double share_b = 0;
  int units = 0;  // tokens of C++ or words of Python that they have in common
  Language language = Language::kCpp;
  bool same_files = false;
  std::vector<Stretch> stretches;  // longest first

  double share() const { return share_a > share_b ? share_a : share_b; }
};

struct Similarity {
  int compared = 0;
  std::vector<SimilarPair> pairs;       // the most alike first
  std::vector<std::string> nothing;     // students whose code is the skeleton's alone
  std::vector<std::string> repetitive;  // whose code says something over and over: the excess is not compared
};

// Compares each with each, what was given taken out. `scratch` is an empty folder. Throws std::runtime_error as
// CompareTexts does.
Similarity Compare(const std::vector<Candidate>& candidates, const std::vector<Source>& given,
                   const std::filesystem::path& scratch);

}  // namespace grader::lms
