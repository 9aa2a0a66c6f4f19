#include "tests/report/json_schema.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <stdexcept>

namespace grader::report {
namespace {

using nlohmann::json;

bool HasType(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  throw std::invalid_argument("unknown type " + type);
}

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  void Check(const json& value, const json& schema, const std::string& path);
  std::vector<std::string> Found() && { return std::move(found_); }

 private:
  void CheckObject(const json& value, const json& schema, const std::string& path);
  void Say(const std::string& path, const std::string& what) { found_.push_back(path + ": " + what); }

  const json& root_;
  std::vector<std::string> found_;
};

void Validator::Check(const json& value, const json& schema, const std::string& path) {
  static const std::set<std::string> kAnnotations = {"$schema",     "$id",        "$defs",    "title",
                                                     "description", "properties", "required", "additionalProperties"};
  for (const auto& [keyword, rule] : schema.items()) {
    if (keyword == "$ref") {
      Check(value, root_.at(json::json_pointer(rule.get<std::string>().substr(1))), path);
    } else if (keyword == "type") {
      if (!HasType(value, rule)) Say(path, "is no " + rule.get<std::string>());
    } else if (keyword == "const") {
      if (value != rule) Say(path, "is not " + rule.dump());
    } else if (keyword == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end()) Say(path, "is none of " + rule.dump());
    } else if (keyword == "minimum") {
      if (value.is_number() && value < rule) Say(path, "is below " + rule.dump());
    } else if (keyword == "pattern") {
      if (value.is_string() && !std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()))) {
        Say(path, "does not match " + rule.dump());
      }
    } else if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        Check(value[i], rule, path + "/" + std::to_string(i));
      }
    } else if (!kAnnotations.contains(keyword)) {
      throw std::invalid_argument("the schema's keyword " + keyword + " is not checked");
    }
  }
  if (value.is_object()) {
    CheckObject(value, schema, path);
  }
}

void Validator::CheckObject(const json& value, const json& schema, const std::string& path) {
  const json properties = schema.value("properties", json::object());
  for (const auto& name : schema.value("required", json::array())) {
    if (!value.contains(name)) Say(path, "has no " + name.get<std::string>());
  }
  for (const auto& [name, member] : value.items()) {
    if (properties.contains(name)) {
      Check(member, properties.at(name), path + "/" + name);
    } else if (!schema.value("additionalProperties", true)) {
      Say(path, "has an unknown " + name);
    }
  }
}

}  // namespace

std::vector<std::string> Violations(const json& value, const json& schema) {
  Validator validator(schema);
  validator.Check(value, schema, "");
  return std::move(validator).Found();
}

}  // namespace grader::report
