// Parts of events as JSON, for the protocol, for --list and for failures on their way through GoogleTest's messages.
#pragma once

#include <nlohmann/json.hpp>

#include "grader/checks/json_fields.h"
#include "grader/checks/result.h"

namespace grader::checks {

nlohmann::json CheckInfoToJson(const CheckInfo& check);
CheckInfo CheckInfoFromJson(const JsonFields& fields);  // throws std::invalid_argument naming the field

nlohmann::json FailureToJson(const Failure& failure);
Failure FailureFromJson(const JsonFields& fields);  // throws std::invalid_argument naming the field

}  // namespace grader::checks
