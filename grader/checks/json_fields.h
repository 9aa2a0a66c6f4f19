// Reading a JSON object's fields, with errors that name the field.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace grader::checks {

// Fields of one object. Every reading throws std::invalid_argument: "limits.memory: not a whole number".
class JsonFields {
 public:
  // where goes before the names in messages: "limits.", or empty. object must outlive this.
  JsonFields(const nlohmann::json& object, std::string where);

  bool Has(const char* name) const;
  const nlohmann::json& At(const char* name) const;  // present, of any type
  std::string Text(const char* name) const;
  std::vector<std::string> Texts(const char* name) const;
  bool Flag(const char* name) const;
  double Number(const char* name) const;
  std::int64_t Whole(const char* name) const;
  std::uint64_t Unsigned(const char* name) const;
  std::chrono::milliseconds Milliseconds(const char* name) const;

  // The elements of an array, each an object; where names the element in messages.
  std::vector<JsonFields> Objects(const char* name) const;
  JsonFields Object(const char* name) const;

  [[noreturn]] void Refuse(const char* name, std::string_view what) const;

 private:
  const nlohmann::json& object_;
  std::string where_;
};

nlohmann::json TextsToJson(const std::vector<std::string>& texts);

// Throws std::invalid_argument: "not JSON: ...".
nlohmann::json ParseJson(std::string_view text);

}  // namespace grader::checks
