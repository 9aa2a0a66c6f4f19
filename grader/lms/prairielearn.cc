#include "grader/lms/prairielearn.h"

#include <nlohmann/json.hpp>

#include "grader/lms/told.h"

namespace grader::lms {
namespace {

using Json = nlohmann::ordered_json;

Json Of(const ToldCheck& check) {
  return {{"name", check.title},      {"description", check.group},
          {"points", check.points},   {"max_points", check.max_points},
          {"message", check.summary}, {"output", check.text}};
}

}  // namespace

std::string PrairielearnJson(const report::Grading& grading) {
  const Told told = Tell(grading);
  Json json = {{"gradable", told.final}, {"message", told.verdict}};
  if (!told.final) {
    json["format_errors"] = Json::array({told.verdict});
    return json.dump(2) + "\n";
  }
  json["score"] = ShareOf(told);
  json["output"] = told.text;
  json["tests"] = Json::array();
  for (const ToldCheck& check : told.checks) json["tests"].push_back(Of(check));
  return json.dump(2) + "\n";
}

}  // namespace grader::lms
