#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace grader::report {

// What is wrong with `value` according to a JSON Schema (https://json-schema.org/draft/2020-12), a path and a reason
// each; empty if it validates. Knows the keywords that docs/report.schema.json uses; throws std::invalid_argument at
// any other, so that none goes unchecked.
std::vector<std::string> Violations(const nlohmann::json& value, const nlohmann::json& schema);

}  // namespace grader::report
