#include "grader/report/when.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace grader::report {

using std::chrono::milliseconds;

std::string UtcSeconds(Moment moment) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

std::string UtcMilliseconds(Moment moment) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
  const auto fraction = std::chrono::floor<milliseconds>(moment - seconds);
  return fmt::format("{}.{:03}Z", UtcSeconds(moment), fraction.count());
}

std::string Seconds(milliseconds duration) {
  const auto count = std::max<milliseconds::rep>(duration.count(), 0);
  return fmt::format("{}.{:03}", count / 1000, count % 1000);
}

std::string ForPeople(milliseconds duration) {
  const auto tenths = std::max<milliseconds::rep>((duration.count() + 50) / 100, 0);
  if (tenths < 600) {
    return fmt::format("{}.{} s", tenths / 10, tenths % 10);
  }
  return fmt::format("{} min {} s", tenths / 600, tenths % 600 / 10);
}

}  // namespace grader::report
