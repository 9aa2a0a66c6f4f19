#include "grader/checks/python_imports.h"

#include <algorithm>

namespace grader::checks {
namespace {

// "import time: self [us] | cumulative | imported package", and the package's name is indented by its depth.
bool BringsIn(std::string_view told, std::string_view module) {
  for (std::size_t at = 0; (at = told.find("| ", at)) != std::string_view::npos; at += 2) {
    const auto name = told.find_first_not_of(' ', at + 1);
    if (name == std::string_view::npos || told.substr(name, module.size()) != module) continue;
    const auto end = name + module.size();
    if (end == told.size() || told[end] == '\n' || told[end] == '.') return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> ImportedOf(std::string_view told, const std::vector<std::string>& modules) {
  const auto found = std::ranges::find_if(modules, [&](const auto& module) { return BringsIn(told, module); });
  if (found == modules.end()) return std::nullopt;
  return *found;
}

}  // namespace grader::checks
