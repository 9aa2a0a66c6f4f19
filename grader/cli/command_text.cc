#include "grader/cli/command_text.h"

namespace grader::cli {

std::string NameOf(const Value& value) {
  if (!value.name.empty()) return value.name;
  switch (value.kind) {
    case ValueKind::kLab:
      return "LAB";
    case ValueKind::kFolder:
      return "DIR";
    case ValueKind::kFile:
      return "FILE";
    case ValueKind::kCheck:
      return "CHECK";
    case ValueKind::kNumber:
      return "N";
    case ValueKind::kToken:
      return "TOKEN";
    case ValueKind::kChoice:
      break;
  }
  std::string name;
  for (const std::string& choice : value.choices) name += (name.empty() ? "" : "|") + choice;
  return name;
}

}  // namespace grader::cli
