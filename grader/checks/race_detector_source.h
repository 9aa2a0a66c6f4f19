#pragma once

namespace grader::checks {

// The text of a C++ source that goes into each program with ThreadSanitizer: how it is set, and the order that calls
// give of which it does not know, or of which it takes too much.
extern const char* const kRaceDetectorSource;

}  // namespace grader::checks
