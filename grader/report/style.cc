#include "grader/report/style.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace grader::report {
namespace {

constexpr int kUsualWidth = 80;
constexpr int kSmallestWidth = 20;
constexpr int kWidestReadable = 100;

bool IsSet(const Environment& environment, const std::string& name) {
  const auto value = environment(name);
  return value && !value->empty();
}

Colour ColourOf(bool capable, const Environment& environment) {
  if (IsSet(environment, "NO_COLOR")) {
    return Colour::kNever;
  }
  const bool forced = IsSet(environment, "CLICOLOR_FORCE") && environment("CLICOLOR_FORCE") != "0";
  return forced || capable ? Colour::kAlways : Colour::kNever;
}

int WidthOf(int descriptor, const Environment& environment) {
  winsize size{};
  int width = 0;
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0) {
    width = size.ws_col;
  }
  if (width == 0) {
    const std::string columns = environment("COLUMNS").value_or("");
    std::from_chars(columns.data(), columns.data() + columns.size(), width);
  }
  return width <= 0 ? kUsualWidth : std::clamp(width, kSmallestWidth, kWidestReadable);
}

}  // namespace

std::optional<std::string> FromProcess(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Style StyleOf(int descriptor, const Environment& environment) {
  const bool capable = isatty(descriptor) == 1 && IsSet(environment, "TERM") && environment("TERM") != "dumb";
  return {.colour = ColourOf(capable, environment), .width = WidthOf(descriptor, environment), .live = capable};
}

}  // namespace grader::report
