#pragma once

#include <nlohmann/json.hpp>

#include "grader/checks/json_fields.h"
#include "grader/checks/timeline.h"

namespace grader::checks {

nlohmann::json TimelineToJson(const Timeline& timeline);

// Throws std::invalid_argument naming the field: also for a lane that is not there, and for more than timeline.h
// allows.
Timeline TimelineFromJson(const JsonFields& fields);

}  // namespace grader::checks
