// The folder that is served: what can be named, read, listed and replaced in it.
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>

#include "basics.h"

namespace lab {

// The plain name that an argument stands for: one leading slash is ignored. Empty if it is none that we serve. A name
// without a slash cannot lead out of the folder, unless it is a link; those are refused when they are opened.
inline std::optional<std::string> PlainName(std::string_view argument) {
  if (argument.starts_with('/')) argument.remove_prefix(1);
  if (argument.empty() || argument.size() > 255 || argument.starts_with('.')) return std::nullopt;
  if (argument.find('/') != std::string_view::npos || argument.find('\0') != std::string_view::npos)
    return std::nullopt;
  return std::string(argument);
}

// A file that is being received. It appears under its name, whole, by Commit(), or never.
class Upload {
 public:
  Upload(int folder, std::string name)
      : folder_(folder), name_(std::move(name)), temporary_(".upload-" + std::to_string(getpid())) {
    file_ = Fd(openat(folder_, temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!file_) Fail("open");
  }
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  ~Upload() {
    if (!temporary_.empty()) unlinkat(folder_, temporary_.c_str(), 0);
  }

  void Write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = write(file_.get(), bytes.data(), bytes.size());
      if (written == -1 && errno == EINTR) continue;
      if (written == -1) Fail("write");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  // rename(2) replaces an older file in one step: nobody ever sees half of each.
  void Commit() {
    file_.Close();
    if (renameat(folder_, temporary_.c_str(), folder_, name_.c_str()) == -1) Fail("rename");
    temporary_.clear();
  }

 private:
  int folder_;
  std::string name_;
  std::string temporary_;
  Fd file_;
};

class Folder {
 public:
  explicit Folder(const std::string& path) : fd_(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (!fd_) Fail("open " + path);
  }

  struct File {
    Fd fd;
    off_t size = 0;
  };

  // A regular file, opened for reading; empty if there is none of that name. O_NOFOLLOW refuses links, O_NONBLOCK
  // keeps a named pipe from holding us up.
  std::optional<File> Open(const std::string& name) const {
    File file{Fd(openat(fd_.get(), name.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)), 0};
    struct stat status {};
    if (!file.fd || fstat(file.fd.get(), &status) == -1 || !S_ISREG(status.st_mode)) return std::nullopt;
    file.size = status.st_size;
    return file;
  }

  // Whether a file may be put under this name: there is none, or a regular one.
  bool MayReplace(const std::string& name) const {
    struct stat status {};
    if (fstatat(fd_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == -1) return errno == ENOENT;
    return S_ISREG(status.st_mode);
  }

  std::unique_ptr<Upload> Receive(const std::string& name) const { return std::make_unique<Upload>(fd_.get(), name); }

  // One line for each regular file whose name does not begin with a dot: its name, or much like `ls -l`.
  enum class Style { kNames, kLong };
  std::string List(Style style) const {
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(openat(fd_.get(), ".", O_RDONLY | O_CLOEXEC)),
                                                      closedir);
    if (!entries) Fail("opendir");
    std::string text;
    while (const dirent* entry = readdir(entries.get())) {
      const std::string name = entry->d_name;
      struct stat status {};
      if (name.starts_with('.') || name.find_first_of("\r\n") != std::string::npos) continue;
      if (fstatat(fd_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == -1 || !S_ISREG(status.st_mode)) continue;
      text += (style == Style::kLong ? Details(status) + ' ' : "") + name + "\r\n";
    }
    return text;
  }

 private:
  static std::string Details(const struct stat& status) {
    char when[32];
    tm time{};
    localtime_r(&status.st_mtime, &time);
    constexpr std::time_t kHalfAYear = 182 * 86400;
    const bool old = std::time(nullptr) - status.st_mtime > kHalfAYear;
    std::strftime(when, sizeof when, old ? "%b %e  %Y" : "%b %e %H:%M", &time);
    char line[128];
    std::snprintf(line, sizeof line, "-rw-r--r-- 1 ftp ftp %12lld %s", static_cast<long long>(status.st_size), when);
    return line;
  }

  Fd fd_;
};

}  // namespace lab
