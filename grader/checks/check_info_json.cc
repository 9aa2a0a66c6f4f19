#include "grader/checks/check_info_json.h"

#include "grader/checks/json_text.h"

namespace grader::checks {

nlohmann::json CheckInfoToJson(const CheckInfo& check) {
  return {{"id", TextToJson(check.id)},
          {"title", TextToJson(check.title)},
          {"points", check.points},
          {"hint", TextToJson(check.hint)},
          {"hidden", check.visibility == Visibility::kHidden},
          {"needs", TextsToJson(check.needs)},
          {"file", TextToJson(check.file)},
          {"line", check.line}};
}

CheckInfo CheckInfoFromJson(const JsonFields& fields) {
  CheckInfo check;
  check.id = fields.Text("id");
  check.title = fields.Text("title");
  check.points = fields.Number("points");
  check.hint = fields.Text("hint");
  check.visibility = fields.Flag("hidden") ? Visibility::kHidden : Visibility::kVisible;
  check.needs = fields.Texts("needs");
  check.file = fields.Text("file");
  check.line = static_cast<int>(fields.Whole("line"));
  return check;
}

nlohmann::json FailureToJson(const Failure& failure) {
  return {{"expected", TextToJson(failure.expected)}, {"happened", TextToJson(failure.happened)},
          {"facts", TextsToJson(failure.facts)},      {"run", TextToJson(failure.run)},
          {"location", TextToJson(failure.location)}, {"hint", TextToJson(failure.hint)}};
}

Failure FailureFromJson(const JsonFields& fields) {
  return {fields.Text("expected"), fields.Text("happened"), fields.Texts("facts"),
          fields.Text("run"),      fields.Text("location"), fields.Text("hint")};
}

}  // namespace grader::checks
