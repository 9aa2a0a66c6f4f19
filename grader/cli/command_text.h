// What the command line may hold, as data: help and completion scripts are made of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace grader::cli {

// What may stand at one place.
enum class ValueKind { kLab, kFolder, kFile, kCheck, kNumber, kToken, kChoice };

struct Value {
  ValueKind kind = ValueKind::kLab;
  std::vector<std::string> choices = {};  // of kChoice
  std::string name = {};                  // in help; by default the kind's, or the choices
};

// "LAB", "FILE", "strict|rich": as help writes it.
std::string NameOf(const Value& value);

struct ArgumentText {
  Value value;
  std::string meaning;
  bool required = true;
  bool repeated = false;  // one or more of them
};

struct OptionText {
  std::string name;  // "--seed"
  std::string meaning;
  std::optional<Value> value = std::nullopt;  // empty: a flag
};

struct CommandText {
  std::string name;  // empty: grade LAB [DIR]
  std::string meaning;
  std::vector<ArgumentText> arguments;
  std::vector<OptionText> options;
  std::string behind = {};  // what stands at the end of its usage: "[-- ARG...]"
};

}  // namespace grader::cli
