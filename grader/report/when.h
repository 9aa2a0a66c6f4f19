#pragma once

#include <chrono>
#include <string>

namespace grader::report {

using Moment = std::chrono::system_clock::time_point;

// "2026-11-23T16:13:26": UTC, ISO 8601 without zone and fraction, as the strict JUnit dialect wants it.
std::string UtcSeconds(Moment moment);

// "2026-11-23T16:13:26.123Z" (RFC 3339).
std::string UtcMilliseconds(Moment moment);

// "3.204": seconds with three decimals and no thousands separator.
std::string Seconds(std::chrono::milliseconds duration);

// "0.3 s", "12.0 s", "2 min 5 s": for people.
std::string ForPeople(std::chrono::milliseconds duration);

}  // namespace grader::report
