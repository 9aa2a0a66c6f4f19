// What a program leaves behind when all of it is dead.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/observe/observation.h"
#include "grader/observe/system_v_objects.h"
#include "grader/sandbox/spawner.h"

namespace grader::observe {

// Made before the program starts, to know what is there already. Holds the sandbox's private folders, whose content
// outlives the processes.
class LeftoverWatch {
 public:
  explicit LeftoverWatch(sandbox::Sandbox& sandbox);

  // The content of a regular file in /work, if there is one of at most that size.
  std::optional<std::string> Collect(const std::string& name, os::Bytes most) const;

  // Files and message queues that are new, and the System V objects, of which only a traced run knows.
  std::vector<Leftover> Find(const SystemVObjects& system_v) const;

 private:
  struct Folder {
    std::string name;
    LeftoverKind kind;
    os::Fd fd;
    std::set<std::string> before;
  };
  std::vector<Folder> folders_;
};

}  // namespace grader::observe
