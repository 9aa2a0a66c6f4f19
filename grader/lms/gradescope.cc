#include "grader/lms/gradescope.h"

#include <nlohmann/json.hpp>

#include "grader/lms/told.h"

namespace grader::lms {
namespace {

using Json = nlohmann::ordered_json;

Json Of(const ToldCheck& check, std::size_t number) {
  return {{"name", check.title},
          {"number", std::to_string(number)},
          {"score", check.points},
          {"max_score", check.max_points},
          {"status", check.passed ? "passed" : "failed"},
          {"output", check.text},
          {"tags", Json::array({check.group})},
          {"visibility", "visible"}};
}

}  // namespace

std::string GradescopeJson(const report::Grading& grading) {
  const Told told = Tell(grading);
  Json json = {{"output", told.text},
               {"output_format", "text"},
               {"test_output_format", "text"},
               {"test_name_format", "text"},
               {"visibility", "visible"},
               {"stdout_visibility", "hidden"},
               {"execution_time", grading.elapsed.count() / 1000}};
  if (!told.final) return json.dump(2) + "\n";
  json["score"] = told.points;
  json["tests"] = Json::array();
  for (const ToldCheck& check : told.checks) json["tests"].push_back(Of(check, json["tests"].size() + 1));
  return json.dump(2) + "\n";
}

}  // namespace grader::lms
