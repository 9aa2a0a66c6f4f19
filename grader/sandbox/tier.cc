#include "grader/sandbox/tier.h"

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

}  // namespace grader::sandbox
