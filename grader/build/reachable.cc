#include "grader/build/reachable.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

namespace grader::build {
namespace {

// A line that is continued counts as one, as for the preprocessor (CPP manual, Initial processing).
std::string JoinLines(const std::string& text) {
  std::string joined;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && text.compare(i + 1, 1, "\n") == 0) {
      ++i;
    } else {
      joined += text[i];
    }
  }
  return joined;
}

constexpr std::string_view kBlanks = " \t\v\f\n\r";

// Whether what follows the word at `end` is a name as it is written: "x.h", <x.h>, or that in brackets.
bool NamesItsFile(std::string_view text, std::size_t end) {
  if (text.substr(end).starts_with("_next")) end += 5;
  end = text.find_first_not_of(kBlanks, end);
  if (end != std::string_view::npos && text[end] == '(') end = text.find_first_not_of(kBlanks, end + 1);
  return end != std::string_view::npos && (text[end] == '"' || text[end] == '<');
}

// Whether a word at `begin` can be a directive, or __has_include, and not just a word of a comment. A '#' may be
// written as %: too, and a comment may stand behind it.
bool IsAsked(std::string_view text, std::size_t begin) {
  if (text.substr(0, begin).ends_with("__has_")) return true;
  const auto before = text.substr(0, begin).find_last_not_of(kBlanks);
  return before != std::string_view::npos && std::string_view("#:=/").find(text[before]) != std::string_view::npos;
}

bool IncludesTheUnnamed(std::string_view text) {
  for (const std::string_view word : {"include", "import", "embed"}) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
      if (IsAsked(text, at) && !NamesItsFile(text, at + word.size())) return true;
    }
  }
  return false;
}

std::string NameOf(const SourceFile& file) { return std::filesystem::path(file.name).filename().string(); }

}  // namespace

std::vector<SourceFile> Reachable(const std::vector<SourceFile>& ours, std::vector<SourceFile> theirs) {
  std::string text;
  for (const auto& file : ours) text += JoinLines(file.content);
  std::vector<bool> found(theirs.size());
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
      if (found[i] || text.find(NameOf(theirs[i])) == std::string::npos) continue;
      found[i] = more = true;
      const std::string read = JoinLines(theirs[i].content);
      if (IncludesTheUnnamed(read)) return theirs;
      text += read;
    }
  }
  std::vector<SourceFile> reached;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    if (found[i]) reached.push_back(std::move(theirs[i]));
  }
  return reached;
}

}  // namespace grader::build
