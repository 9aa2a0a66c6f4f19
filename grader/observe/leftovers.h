// What a program leaves behind when all of it is dead.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/observe/observation.h"
#include "grader/sandbox/spawner.h"

namespace grader::observe {

// Made before the program starts, to know what is there already. Holds the sandbox's private folders, whose content
// outlives the processes.
class LeftoverWatch {
 public:
  explicit LeftoverWatch(sandbox::Sandbox& sandbox);

  // The content of a regular file in /work, if there is one of at most that size.
  std::optional<std::string> Collect(const std::string& name, os::Bytes most) const;

  // Files that are new, in the order of their names, and the System V objects and message queues that the recorded
  // calls created and did not remove.
  std::vector<Leftover> Find(const std::vector<Call>& calls) const;

 private:
  struct Folder {
    std::string name;
    LeftoverKind kind;
    os::Fd fd;
    std::set<std::string> before;
  };
  std::vector<Folder> folders_;
};

// The IPC objects that calls created and nobody removed: System V by id, POSIX queues by name.
std::vector<Leftover> LeftoverObjects(const std::vector<Call>& calls);

}  // namespace grader::observe
