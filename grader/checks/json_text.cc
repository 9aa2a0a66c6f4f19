#include "grader/checks/json_text.h"

#include <utf8.h>

#include <stdexcept>

namespace grader::checks {
namespace {

std::string OneCharacterPerByte(const std::string& bytes) {
  std::string text;
  for (const char byte : bytes) utf8::append(static_cast<unsigned char>(byte), std::back_inserter(text));
  return text;
}

std::string OneBytePerCharacter(const std::string& text) {
  std::string bytes;
  for (auto at = text.begin(); at != text.end();) {
    const auto character = utf8::next(at, text.end());
    if (character > 0xff) throw std::invalid_argument("a text's bytes hold a character above U+00FF");
    bytes.push_back(static_cast<char>(character));
  }
  return bytes;
}

}  // namespace

nlohmann::json TextToJson(const std::string& bytes) {
  if (utf8::is_valid(bytes.begin(), bytes.end())) return bytes;
  return {{"bytes", OneCharacterPerByte(bytes)}};
}

std::string TextFromJson(const nlohmann::json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_object() && json.contains("bytes") && json["bytes"].is_string()) {
    return OneBytePerCharacter(json["bytes"].get_ref<const std::string&>());
  }
  throw std::invalid_argument("not a text");
}

}  // namespace grader::checks
