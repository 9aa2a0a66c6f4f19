#include "grader/checks/json_fields.h"

#include <stdexcept>
#include <utility>

#include "grader/checks/json_text.h"

namespace grader::checks {

JsonFields::JsonFields(const nlohmann::json& object, std::string where) : object_(object), where_(std::move(where)) {
  if (!object_.is_object()) throw std::invalid_argument(where_ + " not an object");
}

void JsonFields::Refuse(const char* name, std::string_view what) const {
  throw std::invalid_argument(where_ + name + ": " + std::string(what));
}

bool JsonFields::Has(const char* name) const { return object_.contains(name); }

const nlohmann::json& JsonFields::At(const char* name) const {
  const auto field = object_.find(name);
  if (field == object_.end()) Refuse(name, "missing");
  return *field;
}

std::string JsonFields::Text(const char* name) const {
  try {
    return TextFromJson(At(name));
  } catch (const std::exception&) {
    Refuse(name, object_.contains(name) ? "not a text" : "missing");
  }
}

std::vector<std::string> JsonFields::Texts(const char* name) const {
  const auto& field = At(name);
  if (!field.is_array()) Refuse(name, "not a list");
  std::vector<std::string> texts;
  try {
    for (const auto& element : field) texts.push_back(TextFromJson(element));
  } catch (const std::exception&) {
    Refuse(name, "not a list of texts");
  }
  return texts;
}

bool JsonFields::Flag(const char* name) const {
  if (!At(name).is_boolean()) Refuse(name, "neither true nor false");
  return At(name).get<bool>();
}

double JsonFields::Number(const char* name) const {
  if (!At(name).is_number()) Refuse(name, "not a number");
  return At(name).get<double>();
}

std::int64_t JsonFields::Whole(const char* name) const {
  if (!At(name).is_number_integer()) Refuse(name, "not a whole number");
  return At(name).get<std::int64_t>();
}

std::uint64_t JsonFields::Unsigned(const char* name) const {
  if (!At(name).is_number_unsigned()) Refuse(name, "not a whole number from 0");
  return At(name).get<std::uint64_t>();
}

std::chrono::milliseconds JsonFields::Milliseconds(const char* name) const {
  return std::chrono::milliseconds(Whole(name));
}

std::vector<JsonFields> JsonFields::Objects(const char* name) const {
  const auto& field = At(name);
  if (!field.is_array()) Refuse(name, "not a list");
  std::vector<JsonFields> objects;
  for (std::size_t i = 0; i < field.size(); ++i) {
    objects.emplace_back(field[i], where_ + name + "[" + std::to_string(i) + "].");
  }
  return objects;
}

JsonFields JsonFields::Object(const char* name) const { return {At(name), where_ + name + "."}; }

nlohmann::json TextsToJson(const std::vector<std::string>& texts) {
  auto list = nlohmann::json::array();
  for (const auto& text : texts) list.push_back(TextToJson(text));
  return list;
}

nlohmann::json ParseJson(std::string_view text) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(std::string("not JSON: ") + error.what());
  }
}

}  // namespace grader::checks
