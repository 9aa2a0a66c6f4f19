#include "grader/build/source_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "grader/os/files.h"

namespace grader::build {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = 1 << 20;
constexpr std::size_t kLargestSum = 16 << 20;
constexpr std::size_t kMostFiles = 512;
constexpr int kDeepest = 8;
constexpr int kMostEntries = 20'000;

const std::set<std::string> kHeaderEndings = {".h", ".hh", ".hpp", ".hxx", ".inl", ".ipp", ".tpp", ".inc"};

struct Content {
  std::string bytes;
  std::string problem;  // "is a link": completes a sentence that starts with the name; empty if bytes is all
};

std::string ReadAll(int fd, std::size_t at_most) {
  constexpr std::size_t kStep = 64 << 10;  // most files are smaller, and what is not needed is not cleared
  std::string bytes;
  while (bytes.size() < at_most) {
    const auto size = bytes.size();
    bytes.resize(std::min(size + kStep, at_most));
    const auto n = read(fd, bytes.data() + size, bytes.size() - size);
    const auto error = errno;
    bytes.resize(size + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    if (n < 0 && error != EINTR) throw std::system_error(error, std::generic_category(), "read");
    if (n == 0) break;
  }
  return bytes;
}

Content ReadPlainFile(const os::Fd& file) {
  struct stat status = {};
  if (fstat(file.get(), &status) != 0) throw std::system_error(errno, std::generic_category(), "fstat");
  if (!S_ISREG(status.st_mode)) return {{}, "is not a plain file"};
  auto bytes = ReadAll(file.get(), kLargestFile + 1);
  if (bytes.size() > kLargestFile) return {{}, "is larger than 1 MiB"};
  return {std::move(bytes), {}};
}

Content ReadBeneath(const os::Fd& folder, const std::string& name) {
  try {
    return ReadPlainFile(os::OpenBeneath(folder, name.c_str()));
  } catch (const std::system_error& error) {
    switch (error.code().value()) {
      case ENOENT:
        return {{}, "is missing"};
      case ELOOP:
        return {{}, "is a link; put the file itself there"};
      case EXDEV:
        return {{}, "is outside the folder"};
      case ENXIO:
      case ENODEV:
        return {{}, "is not a plain file"};
      case EACCES:
        return {{}, "may not be read (permissions)"};
      default:
        return {{}, "cannot be read: " + error.code().message()};
    }
  }
}

os::Fd OpenFolder(const fs::path& folder) { return os::OpenAt(os::kHere, folder.c_str(), O_DIRECTORY); }

// Names of plain files and links below folder that wanted accepts, by name; no hidden folders.
template <typename Predicate>
std::vector<std::string> Names(const fs::path& folder, int deepest, Predicate wanted) {
  std::vector<std::string> names;
  auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied);
  int seen = 0;
  for (const auto end = fs::recursive_directory_iterator(); at != end && seen < kMostEntries; ++at, ++seen) {
    const bool hidden = at->path().filename().native().starts_with('.');
    if (hidden || at.depth() + 1 >= deepest) at.disable_recursion_pending();
    if (!hidden && wanted(at->path())) names.push_back(at->path().lexically_relative(folder).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool IsHeader(const fs::path& path) { return kHeaderEndings.count(path.extension().string()) > 0; }
bool IsPython(const fs::path& path) { return path.extension() == ".py"; }

class Collection {
 public:
  explicit Collection(const fs::path& folder) : folder_(OpenFolder(folder)) {}

  // Without the sources there is nothing to build.
  void AddSource(const std::string& name) {
    auto content = ReadBeneath(folder_, name);
    if (content.problem.empty()) {
      Keep(name, std::move(content.bytes));
    } else if (collected_.problem.empty()) {
      collected_.problem = name + " " + content.problem;
    }
  }

  // Trusted: it takes the place of the submission's file of that name.
  void AddGiven(const fs::path& path) {
    const auto file = os::OpenAt(os::kHere, path.c_str(), 0);
    Keep(path.filename().string(), ReadAll(file.get(), kLargestFile));
  }

  void AddOther(const std::string& name) {
    if (Has(name)) return;
    if (collected_.files.size() >= kMostFiles || sum_ >= kLargestSum) {
      if (collected_.refused.size() < kMostFiles) collected_.refused.push_back(name + " is one file too many");
      return;
    }
    auto content = ReadBeneath(folder_, name);
    if (content.problem.empty()) {
      Keep(name, std::move(content.bytes));
    } else {
      collected_.refused.push_back(name + " " + content.problem);
    }
  }

  SourceFiles Take() { return std::move(collected_); }

 private:
  bool Has(const std::string& name) const {
    const auto same = [&name](const SourceFile& file) { return file.name == name; };
    return std::any_of(collected_.files.begin(), collected_.files.end(), same);
  }

  void Keep(const std::string& name, std::string bytes) {
    sum_ += bytes.size();
    collected_.files.push_back({name, std::move(bytes)});
  }

  os::Fd folder_;
  SourceFiles collected_;
  std::size_t sum_ = 0;
};

// Something of that name is there, whatever it is.
bool Exists(const fs::path& path) { return fs::exists(fs::symlink_status(path)); }

}  // namespace

SourceFiles ReadSubmission(const fs::path& submission, const Target& target, Language language) {
  const bool python = language == Language::kPython;
  Collection collection(submission);
  if (python) collection.AddSource(target.name + ".py");
  for (const auto& source : target.sources) {
    if (!python) collection.AddSource(source);
  }
  for (const auto& header : target.given) collection.AddGiven(header);
  for (const auto& name : Names(submission, kDeepest, python ? IsPython : IsHeader)) collection.AddOther(name);
  return collection.Take();
}

Language ChooseLanguage(const fs::path& submission, const Target& target) {
  if (!HasPythonForm(submission, target)) return Language::kCpp;
  const auto exists = [&submission](const std::string& source) { return Exists(submission / source); };
  return std::any_of(target.sources.begin(), target.sources.end(), exists) ? Language::kCpp : Language::kPython;
}

bool HasPythonForm(const fs::path& submission, const Target& target) {
  return target.accept_python && Exists(submission / (target.name + ".py"));
}

std::vector<SourceFile> ReadExtraSources(const Target& target) {
  std::vector<SourceFile> files;
  std::set<fs::path> folders;
  const auto add = [&files](const fs::path& path) {
    const auto file = os::OpenAt(os::kHere, path.c_str(), 0);
    files.push_back({path.filename().string(), ReadAll(file.get(), kLargestSum)});
  };
  for (const auto& source : target.extra_sources) {
    add(source);
    folders.insert(source.parent_path());
  }
  for (const auto& folder : folders) {
    for (const auto& name : Names(folder, 1, IsHeader)) add(folder / name);
  }
  return files;
}

}  // namespace grader::build
