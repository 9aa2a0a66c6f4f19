#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grader::sandbox {

// How well runs are isolated on this machine; see docs/security.md.
enum class Tier { kFull, kContainer, kRestricted };

// "full", "container", "restricted".
const char* TierName(Tier tier);

// The tier of that name. Throws std::invalid_argument.
Tier TierNamed(std::string_view name);

// What a check may need of a run besides a process tree that is watched and limited.
enum class Need {
  kOwnNetwork,    // sockets: a loopback whose ports nobody else has
  kOwnIpc,        // System V objects, POSIX queues, named semaphores and shared memory of its own
  kOwnProcesses,  // a limit of processes that counts its own alone, so that fork fails when it is due
  kOwnFiles,      // a root of its own: paths such as /tmp/x and /work/x are the run's alone
};

// Whether every run of that tier has it.
bool Gives(Tier tier, Need need);

// Why it is not there, as the reason of a check that is skipped.
std::string WhyNot(Tier tier, Need need);

// One kernel facility as it was found by trying it.
struct Facility {
  std::string name;  // "user namespace", "memory cgroup v1", "Landlock"
  bool works = false;
  std::string detail;  // what it is used for, or why it does not work and what would make it
};

struct TierReport {
  Tier tier = Tier::kFull;
  std::vector<Facility> facilities;
  std::vector<std::string> better;  // each better tier, and why it does not work here
};

}  // namespace grader::sandbox
