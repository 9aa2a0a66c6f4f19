#include "grader/sandbox/places.h"

#include <algorithm>

namespace grader::sandbox {
namespace {

std::string_view FirstPart(std::string_view path) { return path.substr(0, path.find('/', 1)); }

// The folders that words may name: "/work" and the first parts of views.
std::vector<std::string> MovedFolders(const LaunchOrder& order) {
  std::vector<std::string> folders = {"/work", "/tmp"};
  for (const View& view : order.files.views) {
    const std::string first(FirstPart(view.inside.native()));
    if (std::ranges::find(folders, first) == folders.end()) folders.push_back(first);
  }
  return folders;
}

// A path begins a word, or follows what options put before one: -I/submission, --file=/work/x, PATH=/a:/b.
bool MayBegin(std::string_view before) {
  return before.empty() || before.ends_with('=') || before.ends_with(':') || before == "-I" || before == "-L";
}

bool MayEnd(std::string_view after) { return after.empty() || after.front() == '/' || after.front() == ':'; }

std::string Moved(const std::string& base, const std::vector<std::string>& folders, std::string_view word) {
  std::string moved;
  for (std::size_t at = 0; at < word.size();) {
    const std::string_view rest = word.substr(at);
    const auto here = [&](const std::string& folder) {
      return rest.starts_with(folder) && MayEnd(rest.substr(folder.size()));
    };
    const auto folder = MayBegin(word.substr(0, at)) ? std::ranges::find_if(folders, here) : folders.end();
    if (folder != folders.end()) {
      moved += base + *folder;
      at += folder->size();
    } else {
      moved += word[at++];
    }
  }
  return moved;
}

bool IsDigit(char letter) { return letter >= '0' && letter <= '9'; }

// The length of a base at the start of text: "/tmp/grade-run.aB3xYz/12"; 0 if there is none.
std::size_t BaseLength(std::string_view text) {
  constexpr std::size_t kLetters = 6;
  const std::size_t slash = std::string_view(kRunFolders).size() + kLetters;
  if (!text.starts_with(kRunFolders) || text.size() <= slash + 1 || text[slash] != '/') return 0;
  std::size_t end = slash + 1;
  while (end < text.size() && IsDigit(text[end])) ++end;
  return end == slash + 1 || (end < text.size() && text[end] != '/') ? 0 : end;
}

}  // namespace

std::string PlaceOf(const std::string& base, std::string_view inside) { return base + std::string(inside); }

void MoveBelow(const std::string& base, LaunchOrder& order) {
  const std::vector<std::string> folders = MovedFolders(order);
  for (std::string& word : order.command.argv) word = Moved(base, folders, word);
  for (std::string& variable : order.command.environment) variable = Moved(base, folders, variable);
  // Programs under the scheduler look for its runtime at /runtime (grader/build/compiler.cc).
  if (std::ranges::find(folders, "/runtime") != folders.end()) {
    order.command.environment.push_back("LD_LIBRARY_PATH=" + base + "/runtime");
  }
  order.command.directory = Moved(base, folders, order.command.directory);
}

std::string WithoutBases(std::string_view text) {
  std::string told;
  for (;;) {
    const std::size_t at = text.find(kRunFolders);
    told += text.substr(0, at);
    if (at == std::string_view::npos) return told;
    text.remove_prefix(at);
    const std::size_t length = BaseLength(text);
    if (length == 0) told += kRunFolders;
    text.remove_prefix(length == 0 ? std::string_view(kRunFolders).size() : length);
  }
}

}  // namespace grader::sandbox
