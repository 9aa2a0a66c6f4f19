#include "grader/lms/autolab.h"

#include <nlohmann/json.hpp>

#include "grader/lms/told.h"
#include "grader/report/text.h"

namespace grader::lms {
namespace {

using Json = nlohmann::ordered_json;

// Stages are the groups of checks in the order in which they come.
Json PresentationOf(const Told& told) {
  Json stages = Json::object();
  for (const ToldCheck& check : told.checks) {
    Json one = {{"passed", check.passed}};
    if (!check.hint.empty()) one["hint"] = check.hint;
    Json& stage = stages[check.group];
    stage[stage.contains(check.title) ? check.title + " (" + check.id + ")" : check.title] = one;
  }
  Json json = {{"_presentation", "semantic"}, {"stages", Json::array()}};
  for (const auto& [stage, cases] : stages.items()) json["stages"].push_back(stage);
  for (const auto& [stage, cases] : stages.items()) {
    if (!json.contains(stage)) json[stage] = cases;  // none replaces what stands above
  }
  return json;
}

}  // namespace

std::string AutolabLines(const report::Grading& grading) {
  const Told told = Tell(grading);
  const Json score = told.final ? Json(told.points) : Json(nullptr);
  const Json scores = {{"scores", {{report::OneLine(grading.subject.lab), score}}}};
  return PresentationOf(told).dump() + "\n" + scores.dump() + "\n";
}

}  // namespace grader::lms
