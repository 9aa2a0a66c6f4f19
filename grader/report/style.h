#pragma once

#include <functional>
#include <optional>
#include <string>

namespace grader::report {

enum class Colour { kNever, kAlways };

// How text may look where it is going.
struct Style {
  Colour colour = Colour::kNever;
  int width = 80;     // columns to wrap at
  bool live = false;  // a line may be drawn again and again: a terminal that understands CR and ESC [ K
};

// The environment, by name; absence is nullopt. A test passes its own.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
std::optional<std::string> FromProcess(const std::string& name);

// The style for a descriptor: colour and live lines only on a terminal; NO_COLOR (https://no-color.org) and TERM=dumb
// turn colour off, CLICOLOR_FORCE turns it on everywhere; the width is the terminal's, else COLUMNS, else 80, between
// 20 and 100.
Style StyleOf(int descriptor, const Environment& environment = FromProcess);

}  // namespace grader::report
