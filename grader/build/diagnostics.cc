#include "grader/build/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <vector>

namespace grader::build {
namespace {

constexpr std::size_t kMostText = 16 * 1024;
constexpr std::size_t kLongestLine = 400;

bool Has(const std::string& line, const char* part) { return line.find(part) != std::string::npos; }

bool IsLinkersEnd(const std::string& line) { return line.starts_with("collect2: "); }  // follows what it is about
bool IsError(const std::string& line) {
  return !IsLinkersEnd(line) && (Has(line, ": error: ") || Has(line, ": fatal error: "));
}
bool IsWarning(const std::string& line) { return Has(line, ": warning: "); }
// From the C library's start-up code, which calls it: two lines that name files a student has never seen.
bool IsMissingMain(const std::string& line) { return Has(line, "undefined reference to `main'"); }
bool IsStartUpCode(const std::string& line) { return Has(line, "crt1.o: in function `_start'"); }
bool IsUndefined(const std::string& line) { return Has(line, "undefined reference to "); }

// "reap.cpp: In function ‘int main()’:" and "In file included from x.h:3," stand before what they belong to.
bool IsPreamble(const std::string& line) {
  return line.starts_with("In file included from ") || line.starts_with("                 from ") ||
         (line.ends_with(":") && (Has(line, ": In ") || Has(line, ": At global scope")));
}

// One error or warning with all lines that belong to it.
struct Block {
  std::string text;
  bool error = true;
};

void ReplaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// Our folders inside the sandbox mean nothing to a student, nor do the linker's temporary objects.
std::string ForStudent(std::string line) {
  ReplaceAll(line, "/submission/", "");
  ReplaceAll(line, "/usr/bin/ld: ", "");
  if (line.size() > kLongestLine) line = line.substr(0, kLongestLine) + " ...";
  return line;
}

std::vector<Block> SplitBlocks(const std::string& raw, Diagnostics& counts) {
  std::vector<Block> blocks;
  std::istringstream in(raw);
  bool in_preamble = false;
  for (std::string line; std::getline(in, line);) {
    counts.no_main |= IsMissingMain(line);
    if (IsMissingMain(line) || IsStartUpCode(line)) continue;
    const bool starts = IsError(line) || IsWarning(line) || IsUndefined(line) || IsLinkersEnd(line);
    const bool preamble = IsPreamble(line);
    counts.errors += IsError(line) ? 1 : 0;
    counts.warnings += IsWarning(line) ? 1 : 0;
    counts.undefined += IsUndefined(line) ? 1 : 0;
    counts.too_large |= Has(line, "File too large") || Has(line, "file size limit") || Has(line, "File size limit");
    if (blocks.empty() || (!in_preamble && (preamble || starts))) blocks.push_back({});
    in_preamble = preamble;
    auto& block = blocks.back();
    if (starts) block.error = !IsWarning(line);
    block.text += ForStudent(line) + "\n";
  }
  return blocks;
}

}  // namespace

Diagnostics ReadDiagnostics(const std::string& raw) {
  Diagnostics diagnostics;
  auto blocks = SplitBlocks(raw, diagnostics);
  std::stable_partition(blocks.begin(), blocks.end(), [](const Block& block) { return block.error; });
  std::size_t shown = 0;
  if (diagnostics.no_main && diagnostics.errors + diagnostics.undefined == 0) {
    std::erase_if(blocks, [](const Block& block) { return IsLinkersEnd(block.text); });  // nothing is left to end
  }
  for (const auto& block : blocks) {
    if (shown > 0 && diagnostics.text.size() + block.text.size() > kMostText) break;
    diagnostics.text += block.text.substr(0, kMostText);
    ++shown;
  }
  if (shown < blocks.size()) diagnostics.text += fmt::format("({} more messages)\n", blocks.size() - shown);
  return diagnostics;
}

}  // namespace grader::build
