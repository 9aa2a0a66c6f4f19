// Requests as no client should send them, drawn from a grammar; and how to send one again by hand.
#pragma once

#include <string>
#include <string_view>

#include "grader/checks/random.h"

namespace grader::checks::lab17 {

// One request, or a few in a row; malformed in some way, as a rule.
std::string DrawMalformed(Random& random);

// A shell command that sends these bytes.
std::string CommandToSend(std::string_view bytes);

}  // namespace grader::checks::lab17
