#include "grader/schedule/source_lines.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <sstream>
#include <system_error>

#include "grader/os/fd.h"
#include "grader/os/files.h"

namespace grader::schedule {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = 1 << 20;
constexpr std::size_t kLongest = 72;

// The content of a plain file below folder, to which no link leads; empty if it is none.
std::string ContentOf(const fs::path& folder, const std::string& file) {
  try {
    const os::Fd root(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!root) return {};
    const os::Fd source = os::OpenBeneath(root, file.c_str());
    struct stat status {};
    if (::fstat(source.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    return os::ReadAgain(source).value_or("").substr(0, kLargest);
  } catch (const std::system_error&) {
    return {};
  }
}

std::string Trimmed(const std::string& line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  std::string text = line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
  std::replace(text.begin(), text.end(), '\t', ' ');
  if (text.size() > kLongest) text = text.substr(0, kLongest) + " ...";
  return text;
}

}  // namespace

const std::vector<std::string>& SourceLines::LinesOf(const std::string& file) {
  const auto [known, added] = files_.try_emplace(file);
  if (!added || folder_.empty()) return known->second;
  std::istringstream in(ContentOf(folder_, file));
  for (std::string line; std::getline(in, line);) known->second.push_back(Trimmed(line));
  return known->second;
}

std::string SourceLines::At(const std::string& file, int line) {
  const auto& lines = LinesOf(file);
  if (line < 1 || static_cast<std::size_t>(line) > lines.size()) return {};
  return lines[static_cast<std::size_t>(line) - 1];
}

}  // namespace grader::schedule
