// All that init and the target need, laid out before the fork, so that nothing allocates after it.
#pragma once

#include <linux/filter.h>
#include <sys/types.h>

#include <array>
#include <span>
#include <string>
#include <vector>

#include "grader/os/fd.h"
#include "grader/os/landlock.h"
#include "grader/sandbox/protocol.h"

namespace grader::sandbox {

// The user and group inside.
inline constexpr uid_t kStudent = 1000;

// One view, ready to be attached.
struct ViewMount {
  int tree = -1;
  const char* inside = nullptr;
  bool folder = false;
  std::vector<std::string> parents;  // folders to make on the way, outermost first
};

struct World;

struct LaunchPlan {
  LaunchPlan() = default;
  LaunchPlan(const LaunchPlan&) = delete;
  LaunchPlan& operator=(const LaunchPlan&) = delete;

  LaunchOrder order;
  std::vector<os::Fd> ends;  // by ChildEnd
  std::vector<os::Fd> trees;
  os::Fd go;  // readable when the spawner has mapped ids and placed init in its cgroups

  std::vector<char*> argv;           // null-terminated, into order
  std::vector<char*> environment;    // the same
  std::vector<ViewMount> views;      // parents before children
  std::vector<std::string> holders;  // top folders that need a file system of their own for mount points in them
  std::string private_files;         // tmpfs(5) options of /work
  std::string shared_files;          // of /tmp and /dev/shm
  std::vector<int> kept;             // every descriptor init needs, ascending
  int landlock = 0;                  // version, 0 for none
  bool counts_processes = false;     // a cgroup does, else a resource limit has to
  bool counts_memory = false;

  const World* world = nullptr;           // what init and the target do
  std::string base;                       // where /work and the like are; empty where the sandbox has its own root
  std::vector<os::UsablePath> usable;     // without a root of its own: all that may be read or written
  std::vector<std::string> usable_paths;  // their texts
  uid_t user = 0;                         // as the machine knows them
  gid_t group = 0;
  uid_t killer = 0;            // a user that nobody is, who kills this one's processes
  std::uint64_t user_has = 0;  // processes and threads that the user has already

  int end(ChildEnd which) const { return ends[which].get(); }
};

}  // namespace grader::sandbox
