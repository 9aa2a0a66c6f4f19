// The folders of sandboxes that have no root of their own, /tmp/grade-run.XXXXXX/SLOT. Others may pass through them,
// and see what is inside only if they know its name.
#pragma once

#include <cstdint>
#include <string>

#include "grader/os/fd.h"
#include "grader/os/file_tree.h"
#include "grader/sandbox/files.h"
#include "grader/sandbox/slots.h"

namespace grader::sandbox {

class RunFolders {
 public:
  // Makes this spawner's folder, which a lock tells from those of dead ones; those are removed. Throws
  // std::system_error.
  RunFolders();
  ~RunFolders();
  RunFolders(RunFolders&&) = delete;

  // Makes a slot's folder with the private folders of the user and the views, as links or copies. Gives its path, the
  // sandbox's base. Throws std::system_error.
  std::string Make(std::uint64_t slot, Slots::Ids ids, const Files& files, os::Files how);

  // Whether somebody holds one of the slot's private folders open, with a lock as Running::OpenInside takes it.
  bool IsRead(std::uint64_t slot) const noexcept;

  void Remove(std::uint64_t slot) noexcept;

 private:
  std::string path_;
  os::Fd folder_;  // holds the lock
};

}  // namespace grader::sandbox
