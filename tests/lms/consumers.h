// The rules by which learning platforms read what they are given, as checks for tests: each returns what is wrong.
#pragma once

#include <string>
#include <vector>

namespace grader::lms {

using Objections = std::vector<std::string>;

// JSON against tests/lms/schema/NAME.schema.json.
Objections ObjectionsToJson(const std::string& text, const std::string& name);

// The output's last two lines, read as Autolab reads them.
Objections ObjectionsToAutolab(const std::string& text, const std::string& problem);

// Each line is a comment, but the last one, which is the grade; without a grade if there is none to be given.
Objections ObjectionsToVpl(const std::string& text);

// Only workflow commands, well formed, and no more errors than GitHub shows.
Objections ObjectionsToAnnotations(const std::string& text);

}  // namespace grader::lms
