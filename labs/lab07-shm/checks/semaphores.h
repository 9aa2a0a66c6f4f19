// How what the driver tells about timeouts is judged: never by how long something took at most.
#pragma once

#include "scene.h"

namespace grader::checks::lab07 {

// Of lines "timeout taken elapsed", in nanoseconds.
RunMatcher NeverReturnsEarly(const std::vector<std::string>& timeouts);

// Of one line "taken elapsed signals": that many signals would have come in all.
RunMatcher KeepsItsTimeout(long long timeout, int signals);

}  // namespace grader::checks::lab07
