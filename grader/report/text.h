// Makes bytes that nobody vouches for safe to show. Everything a submission printed or named passes through here once,
// on its way into a report.
#pragma once

#include <string>
#include <string_view>

#include "grader/os/bytes.h"

namespace grader::report {

// The text itself if it has at most `limit` bytes, else its head and its tail around "… N bytes left out …" on a line
// of its own; never cuts a UTF-8 sequence.
std::string Bounded(std::string_view text, os::Bytes limit);

// For terminals and logs: valid UTF-8 of printable characters, newlines and spaces (tabs are expanded). What controls a
// terminal or reorders text is shown as an escape: \x1b, \0, \r, \xff for a byte that is no UTF-8, \u{202e}.
std::string Visible(std::string_view bytes);

// Visible text on one line: line breaks and runs of white space are one space, none at the ends.
std::string OneLine(std::string_view bytes);

// For XML 1.0 (https://www.w3.org/TR/xml/#charsets): as Visible, but tabs stay.
std::string XmlText(std::string_view bytes);

// For JSON: valid UTF-8, each wrong byte sequence replaced by U+FFFD; control characters stay, JSON escapes them.
std::string Utf8(std::string_view bytes);

// A finished terminal text in which no line is a command to the CI system that logs it: GitHub's ::name::, Azure's
// ##vso[ and ##[, TeamCity's ##teamcity[. Their first character is shown as an escape.
std::string WithoutLogCommands(std::string_view text);

// `word` as one word of a POSIX shell, unquoted where that is the same.
std::string ShellWord(std::string_view word);

}  // namespace grader::report
