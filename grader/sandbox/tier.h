#pragma once

#include <string>
#include <vector>

namespace grader::sandbox {

// How well runs are isolated on this machine; see docs/security.md.
enum class Tier { kFull, kContainer, kRestricted };

// "full", "container", "restricted".
const char* TierName(Tier tier);

// One kernel facility as it was found by trying it.
struct Facility {
  std::string name;  // "user namespace", "memory cgroup v1", "Landlock"
  bool works = false;
  std::string detail;  // what it is used for, or why it does not work and what would make it
};

struct TierReport {
  Tier tier = Tier::kFull;
  std::vector<Facility> facilities;
};

}  // namespace grader::sandbox
