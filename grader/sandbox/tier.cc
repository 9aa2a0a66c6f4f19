#include "grader/sandbox/tier.h"

#include <stdexcept>

namespace grader::sandbox {

const char* TierName(Tier tier) {
  switch (tier) {
    case Tier::kFull:
      return "full";
    case Tier::kContainer:
      return "container";
    case Tier::kRestricted:
      return "restricted";
  }
  return "unknown";
}

Tier TierNamed(std::string_view name) {
  for (const Tier tier : {Tier::kFull, Tier::kContainer, Tier::kRestricted}) {
    if (name == TierName(tier)) return tier;
  }
  throw std::invalid_argument("there is no tier of isolation named " + std::string(name));
}

bool Gives(Tier tier, Need need) {
  return tier == Tier::kFull || (tier == Tier::kContainer && need == Need::kOwnProcesses);
}

std::string WhyNot(Tier tier, Need need) {
  const auto lacks = [need] {
    switch (need) {
      case Need::kOwnNetwork:
        return "a network of its own to the program";
      case Need::kOwnIpc:
        return "shared memory, semaphores and message queues of its own to the program";
      case Need::kOwnProcesses:
        return "a limit of processes of its own to the program";
      case Need::kOwnFiles:
        return "a file system of its own to the program";
    }
    return "all it needs to the program";
  };
  return std::string("this machine cannot give ") + lacks() + " (isolation: " + TierName(tier) +
         "; `grade doctor` tells why)";
}

}  // namespace grader::sandbox
