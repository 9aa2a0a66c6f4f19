#include "grader/report/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "grader/os/fd.h"
#include "grader/report/text.h"

namespace grader::report {
namespace {

namespace fs = std::filesystem;

const char* Remedy(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return "make the folder first, or name another file";
    case EISDIR:
      return "name a file in it";
    case ENOSPC:
    case EDQUOT:
      return "free some space there, or name a file on another disk";
    case EACCES:
    case EPERM:
    case EROFS:
      return "name a file in a folder you may write to";
    default:
      return "name another file";
  }
}

[[noreturn]] void Fail(const fs::path& path, int error) {
  throw ReportError(fmt::format("cannot write the report {}: {}; {}", OneLine(path.native()),
                                std::generic_category().message(error), Remedy(error)));
}

// A file under a temporary name beside its target, gone again unless it was put in place.
class Draft {
 public:
  explicit Draft(const fs::path& target)
      : target_(target),
        name_(target.parent_path() / fmt::format(".{}.{}.part", target.filename().native(), getpid())) {
    // Whoever left a file of this name was a process with our pid, and is gone.
    unlink(name_.c_str());
    fd_ = os::Fd(open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (fd_ && !in_place_) {
      unlink(name_.c_str());
    }
  }

  const os::Fd& fd() const { return fd_; }

  // False, with errno set, if that fails.
  bool PutInPlace() {
    in_place_ = fsync(fd_.get()) == 0 && rename(name_.c_str(), target_.c_str()) == 0;
    return in_place_;
  }

 private:
  fs::path target_;
  fs::path name_;
  os::Fd fd_;
  bool in_place_ = false;
};

// Where `path` leads, through symbolic links, and absolute.
fs::path Followed(const fs::path& path) {
  std::error_code ignored;
  const fs::path target = fs::weakly_canonical(fs::absolute(path), ignored);
  return target.empty() ? path : target;
}

bool WriteAll(const os::Fd& fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd.get(), text.data(), text.size());
    if (written < 0 && errno != EINTR) {
      return false;
    }
    text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return true;
}

// A report that replaces another keeps its permissions.
bool KeepMode(const os::Fd& fd, const fs::path& target) {
  struct stat old {};
  return stat(target.c_str(), &old) != 0 || fchmod(fd.get(), old.st_mode & 0777) == 0;
}

void WriteThrough(const fs::path& path, std::string_view text) {
  const os::Fd fd(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd || !WriteAll(fd, text)) {
    Fail(path, errno);
  }
}

bool IsPlainOrAbsent(const fs::path& path) {
  struct stat found {};
  return stat(path.c_str(), &found) != 0 || S_ISREG(found.st_mode);
}

}  // namespace

void EnsureWritable(const fs::path& path) {
  if (path.empty()) {
    Fail(path, ENOENT);
  }
  struct stat found {};
  if (stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode)) {
    Fail(path, EISDIR);
  }
  if (!IsPlainOrAbsent(path)) {
    if (access(path.c_str(), W_OK) != 0) {
      Fail(path, errno);
    }
    return;
  }
  const fs::path folder = Followed(path).parent_path();
  if (stat(folder.c_str(), &found) != 0) {
    Fail(path, errno);
  }
  if (!S_ISDIR(found.st_mode)) {
    Fail(path, ENOTDIR);
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    Fail(path, errno);
  }
}

void WriteReport(const fs::path& path, std::string_view text) {
  EnsureWritable(path);
  if (!IsPlainOrAbsent(path)) {
    WriteThrough(path, text);
    return;
  }
  const fs::path target = Followed(path);
  Draft draft(target);
  if (!draft.fd() || !WriteAll(draft.fd(), text) || !KeepMode(draft.fd(), target) || !draft.PutInPlace()) {
    Fail(path, errno);
  }
}

void ReplaceFile(const fs::path& path, std::string_view text) {
  Draft draft(path);
  if (!draft.fd() || !WriteAll(draft.fd(), text) || !draft.PutInPlace()) {
    Fail(path, errno);
  }
}

}  // namespace grader::report
