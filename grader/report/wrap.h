// Text laid out by the columns a terminal gives it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grader::report {

// How many columns a terminal gives one line of valid UTF-8: two for East Asian wide characters and emoji, none for
// combining marks (https://www.unicode.org/reports/tr11/).
int DisplayWidth(std::string_view text);

// The first `width` columns of one line; if something was cut off, the last column is "…".
std::string Clipped(std::string_view line, int width);

// Lines of at most `width` columns: broken at newlines and, where a line is too long, at spaces, or inside a word that
// is longer than a line. A line's leading spaces stay. At least one line.
std::vector<std::string> Wrapped(std::string_view text, int width);

// The lines of a text, without their newlines; empty ones at its end are not there, none are none.
std::vector<std::string> Lines(std::string_view text);

}  // namespace grader::report
