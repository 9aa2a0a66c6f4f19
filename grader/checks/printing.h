// How runs and processes are told to a student.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <vector>

#include "grader/observe/observation.h"

namespace grader::checks {

// As the student would type it: "./reap nohang 50", "python3 reap.py nohang 50"; quoted as sh(1) needs it. A run that
// has a title goes by that.
std::string CommandLine(const observe::Observation& run);
std::string CommandLine(const sandbox::Command& command);

// The whole lines of stdout, without newlines; an unfinished last line counts as one. Call only if out.complete().
std::vector<std::string> Lines(const observe::Observation& run);
std::vector<std::string> SplitLines(const std::string& text);

// "process 7 (forked at reap.cpp:31)"; the place is left out if unknown. The program itself is "the program (process
// 2)".
std::string Name(const observe::ProcessRecord& process);

// "reap.cpp:31" of the innermost frame of the submission, or empty.
std::string PlaceOf(const observe::Stack& stack);

// "12 ms", "0.4 ms", "3.2 s".
std::string InWords(std::chrono::microseconds time);

// "1 child", "2 children".
std::string Count(std::uint64_t n, const std::string& one, const std::string& many);

// The first few facts, and how many more there are.
std::vector<std::string> Bounded(std::vector<std::string> facts);

// Head and tail of both streams as the report shows them, with the left-out bytes counted; stderr after a heading.
std::string OutputOf(const observe::Observation& run);

}  // namespace grader::checks

namespace grader::observe {

// For GoogleTest: the command line and how it ended.
void PrintTo(const Observation& run, std::ostream* out);

}  // namespace grader::observe
