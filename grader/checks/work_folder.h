// The private /work of a run, the program's current folder, seen from outside.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "grader/os/fd.h"
#include "grader/sandbox/spawner.h"

namespace grader::checks {

// Made in RunOptions::prepare, and then good for looking, while the run goes on and when everything is dead. Paths are
// relative to /work. What the program has put there is never followed out of it.
class WorkFolder {
 public:
  explicit WorkFolder(sandbox::Sandbox& sandbox);

  // Before the program is released only. All belongs to the program's user. Throw std::system_error.
  void PutFolder(const std::string& path);
  void PutFile(const std::string& path, std::string_view bytes);
  void PutLink(const std::string& path, const std::string& target);
  void PutPipe(const std::string& path);

  // The bytes of a regular file; empty if there is none. Its size, without reading it.
  std::optional<std::string> Read(const std::string& path) const;
  std::optional<std::uint64_t> Size(const std::string& path) const;

  // The names in a folder, hidden ones too; none if there is no such folder.
  std::set<std::string> Names(const std::string& path) const;

 private:
  os::Fd work_;
  uid_t user_ = 0;  // whom it belongs to
  gid_t group_ = 0;
};

}  // namespace grader::checks
