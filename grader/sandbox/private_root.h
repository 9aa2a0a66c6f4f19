// The root folder every sandbox starts from, made once by the spawner: the read-only system and empty mount points.
#pragma once

#include <string>

#include "grader/os/fd.h"

namespace grader::sandbox {

class PrivateRoot {
 public:
  // Moves the calling process, the spawner, into a mount namespace of its own whose root is the prepared one. Throws
  // std::system_error naming the step.
  PrivateRoot();

  // A copy, read-only and without devices, of the machine's mount at an absolute path, for AttachTree(). Throws
  // std::system_error naming the path.
  os::Fd CopyOf(const std::string& host) const;

  // Makes sure that the root has a folder or file of this name, "/box". Throws std::system_error.
  enum class Point { kFolder, kFile };
  void EnsurePoint(const std::string& path, Point kind) const;

 private:
  void EnterOwnCopy();

  os::Fd machine_;   // the mount namespace as the machine has it
  os::Fd prepared_;  // ours
};

}  // namespace grader::sandbox
