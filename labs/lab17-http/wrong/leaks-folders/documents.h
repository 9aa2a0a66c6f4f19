// The folder that is served. Nothing outside it is.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "refusal.h"
#include "response.h"

namespace lab {

inline std::string TypeOf(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 8> kTypes{{
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".txt", "text/plain; charset=utf-8"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".svg", "image/svg+xml"},
  }};
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

class Documents {
 public:
  // Throws if there is no such folder.
  explicit Documents(const std::string& folder) : root_(Resolve(folder)) {
    struct stat about {};
    if (root_.empty() || stat(root_.c_str(), &about) == -1) Fail(folder.c_str());
    if (!S_ISDIR(about.st_mode)) {
      errno = ENOTDIR;
      Fail(folder.c_str());
    }
    if (!root_.ends_with('/')) root_ += '/';
  }

  // The file that a path, which is decoded, names; nothing if there is none, or not in here. Links and .. are resolved
  // first, and then it is asked where they led: whatever the spelling.
  std::optional<Response> Find(const std::string& path) const {
    const std::string real = Resolve(root_ + (path == "/" ? "/index.html" : path));
    if (!real.starts_with(root_)) return std::nullopt;
    // O_NONBLOCK: opening a FIFO would wait for a writer.
    Fd file(open(real.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file && (errno == EMFILE || errno == ENFILE)) throw Refusal{503};
    struct stat about {};
    if (!file || fstat(file.get(), &about) == -1) return std::nullopt;
    if (!S_ISREG(about.st_mode)) {
      static std::vector<Fd> opened;
      opened.push_back(std::move(file));
      return std::nullopt;
    }
    Response response{.type = TypeOf(real)};
    response.file = std::move(file);
    response.file_size = static_cast<std::size_t>(about.st_size);
    return response;
  }

 private:
  static std::string Resolve(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), std::free);
    return real ? real.get() : "";
  }

  std::string root_;  // ends in a slash
};

}  // namespace lab
