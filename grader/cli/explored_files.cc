#include "grader/cli/explored_files.h"

#include <algorithm>

#include "grader/cli/errors.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInside = "/submission";

fs::path FileCalled(const std::string& typed, const fs::path& directory) {
  std::error_code problem;
  const fs::path file = fs::canonical(directory / typed, problem);
  if (problem) throw UsageError("there is no file '" + typed + "'");
  if (!fs::is_regular_file(file, problem))
    throw UsageError("'" + typed + "' is no file; name the program's .cpp files");
  const std::string ending = file.extension().string();
  if (ending != ".cpp" && ending != ".cc" && ending != ".cxx" && ending != ".C") {
    throw UsageError("'" + typed +
                     "' is no C++ source; name the program's .cpp files, and write its arguments behind --");
  }
  return file;
}

fs::path CommonFolder(const fs::path& one, const fs::path& other) {
  fs::path common;
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end() && *a == *b; ++a, ++b) common /= *a;
  return common;
}

}  // namespace

ExploredFiles FindExplored(const std::vector<std::string>& typed, const std::vector<std::string>& flags,
                           const fs::path& directory) {
  std::vector<fs::path> files;
  for (const std::string& name : typed) files.push_back(FileCalled(name, directory));
  ExploredFiles explored;
  explored.folder = files.front().parent_path();
  for (const fs::path& file : files) explored.folder = CommonFolder(explored.folder, file.parent_path());
  std::vector<fs::path> includes;
  for (const std::string& flag : flags) {
    if (!flag.starts_with("-I")) continue;
    includes.push_back(fs::weakly_canonical(directory / flag.substr(2)));
    explored.folder = CommonFolder(explored.folder, includes.back());
  }
  for (const fs::path& file : files) explored.sources.push_back(file.lexically_relative(explored.folder).string());
  auto include = includes.begin();
  for (const std::string& flag : flags) {
    const bool leads = flag.starts_with("-I");
    explored.flags.push_back(
        leads ? "-I" + (kInside / (include++)->lexically_relative(explored.folder)).lexically_normal().string() : flag);
  }
  return explored;
}

}  // namespace grader::cli
