#include "grader/batch/commit_time.h"

#include <git2.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <system_error>

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

constexpr int kMostFiles = 100'000;              // of a .git
constexpr std::size_t kLargestCommit = 1 << 20;  // bytes
constexpr std::uintmax_t kLargestConfig = 1 << 20;

struct Free {
  void operator()(git_repository* one) const { git_repository_free(one); }
  void operator()(git_odb* one) const { git_odb_free(one); }
  void operator()(git_commit* one) const { git_commit_free(one); }
};
template <typename Object>
using Owned = std::unique_ptr<Object, Free>;

// libgit2, once for this process. Checkouts belong to students, not to who grades.
class Library {
 public:
  Library() {
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { git_libgit2_shutdown(); }
};

// A fifo would be waited for, and a link leads elsewhere.
bool IsPlain(const fs::path& git) {
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(git, error))) return false;
  int files = 0;
  for (fs::recursive_directory_iterator entry(git, error), end; !error && entry != end; entry.increment(error)) {
    const auto status = entry->symlink_status(error);
    if (error || ++files > kMostFiles || !(fs::is_regular_file(status) || fs::is_directory(status))) return false;
  }
  return !error;
}

// Whether it would have files outside read, which may be anything.
bool LeadsElsewhere(const fs::path& git) {
  std::error_code none;
  if (fs::exists(git / "objects/info/alternates", none) || fs::exists(git / "commondir", none)) return true;
  std::error_code error;
  if (fs::file_size(git / "config", error) > kLargestConfig || error) return true;
  std::ostringstream text;
  text << std::ifstream(git / "config").rdbuf();
  std::string config = text.str();
  std::ranges::transform(config, config.begin(), [](unsigned char c) { return std::tolower(c); });
  return config.find("include") != std::string::npos;
}

Owned<git_commit> HeadOf(git_repository& repository) {
  git_oid id;
  if (git_reference_name_to_id(&id, &repository, "HEAD") != 0) return nullptr;
  git_odb* objects = nullptr;
  if (git_repository_odb(&objects, &repository) != 0) return nullptr;
  const Owned<git_odb> owned(objects);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (git_odb_read_header(&size, &type, objects, &id) != 0 || size > kLargestCommit) return nullptr;
  git_commit* commit = nullptr;
  return git_commit_lookup(&commit, &repository, &id) == 0 ? Owned<git_commit>(commit) : nullptr;
}

}  // namespace

std::optional<std::chrono::sys_seconds> CommitTimeOf(const fs::path& checkout) {
  if (!IsPlain(checkout / ".git") || LeadsElsewhere(checkout / ".git")) return std::nullopt;
  const Library library;
  git_repository* opened = nullptr;
  if (git_repository_open_ext(&opened, checkout.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr) != 0) {
    return std::nullopt;
  }
  const Owned<git_repository> repository(opened);
  const auto head = HeadOf(*repository);
  if (!head) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(git_commit_time(head.get())));
}

}  // namespace grader::batch
