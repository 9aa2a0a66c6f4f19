// Any bytes as JSON: JSON text is UTF-8, what programs print need not be.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace grader::checks {

// A JSON string if bytes is valid UTF-8, else {"bytes": "..."} where each character up to U+00FF stands for one byte.
nlohmann::json TextToJson(const std::string& bytes);

// The inverse. Throws std::invalid_argument.
std::string TextFromJson(const nlohmann::json& json);

}  // namespace grader::checks
