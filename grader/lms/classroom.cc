#include "grader/lms/classroom.h"

#include <nlohmann/json.hpp>

#include "grader/lms/told.h"

namespace grader::lms {
namespace {

using Json = nlohmann::ordered_json;

Json Of(const ToldCheck& check) {
  return {{"name", check.title},       {"status", check.passed ? "pass" : "fail"},
          {"score", check.points},     {"line_no", check.line},
          {"test_code", check.replay}, {"message", check.text}};
}

}  // namespace

std::string ClassroomJson(const report::Grading& grading) {
  const Told told = Tell(grading);
  Json json = {{"version", 1}, {"status", "error"}, {"max_score", told.max_points}, {"tests", Json::array()}};
  if (!told.final) {
    json["tests"].push_back({{"name", "grader"},
                             {"status", "error"},
                             {"score", 0},
                             {"line_no", 0},
                             {"test_code", ""},
                             {"message", told.text}});
    return json.dump(2) + "\n";
  }
  json["status"] = OverallOf(grading) == report::Overall::kFullMarks ? "pass" : "fail";
  for (const ToldCheck& check : told.checks) json["tests"].push_back(Of(check));
  return json.dump(2) + "\n";
}

}  // namespace grader::lms
