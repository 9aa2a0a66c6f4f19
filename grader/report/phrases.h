// Turns of phrase of the terminal's report.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/report/causes.h"
#include "grader/report/grading.h"

namespace grader::report {

// "1 check", "2 checks".
std::string Count(std::size_t n, std::string_view noun);

// "0 of 10 points".
std::string Of(double earned, double total);

// "leaves no zombie · answers the quiz".
std::string TitlesOf(const std::vector<const GradedCheck*>& checks);

double TotalOf(const Cause& cause);
double EarnedIn(const Cause& cause);

// The first lines and the last one, with what is between counted; no newline at the end. `limit` is two or more.
std::string HeadAndTail(const std::string& text, std::size_t limit);

}  // namespace grader::report
