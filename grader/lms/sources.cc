#include "grader/lms/sources.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

namespace grader::lms {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargest = 256 << 10;
constexpr std::size_t kMost = 200;
constexpr std::uintmax_t kMostBytes = 2 << 20;

std::optional<Language> LanguageOf(const fs::path& file) {
  static const std::set<std::string> kCppEndings = {".cpp", ".cc", ".cxx", ".c", ".h", ".hpp", ".hh", ".hxx", ".ipp"};
  const std::string ending = file.extension().string();
  if (ending == ".py") return Language::kPython;
  return kCppEndings.contains(ending) ? std::optional(Language::kCpp) : std::nullopt;
}

std::string TextOf(const fs::path& file) {
  std::ostringstream stream;
  stream << std::ifstream(file, std::ios::binary).rdbuf();
  std::string text = stream.str();
  std::ranges::replace_if(
      text, [](unsigned char c) { return c != '\n' && (c < ' ' || c == 0x7f); }, ' ');
  return text;
}

bool IsLeftOut(const fs::directory_entry& entry) { return entry.path().filename().string().starts_with('.'); }

}  // namespace

std::vector<Source> SourcesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator(); ++at) {
    const auto status = at->symlink_status();
    if (IsLeftOut(*at)) {
      if (fs::is_directory(status)) at.disable_recursion_pending();
    } else if (fs::is_regular_file(status) && LanguageOf(at->path()) && at->file_size() <= kLargest) {
      files.push_back(at->path());
    }
  }
  std::ranges::sort(files);
  files.resize(std::min(files.size(), kMost));
  std::vector<Source> sources;
  std::uintmax_t bytes = 0;
  for (const fs::path& file : files) {
    bytes += fs::file_size(file);
    if (bytes > kMostBytes) break;
    sources.push_back({file.lexically_relative(folder).string(), *LanguageOf(file), TextOf(file)});
  }
  return sources;
}

}  // namespace grader::lms
