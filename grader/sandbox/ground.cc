#include "grader/sandbox/ground.h"

#include <stdexcept>

namespace grader::sandbox {

std::unique_ptr<Ground> MakeGround(Tier tier, const Surroundings& surroundings) {
  switch (tier) {
    case Tier::kFull:
      return MakePrivateGround(surroundings);
    case Tier::kContainer:
      return MakeSharedGround(surroundings, Users::kOwn);
    case Tier::kRestricted:
      return MakeSharedGround(surroundings, Users::kShared);
  }
  throw std::logic_error("a tier that is none");
}

}  // namespace grader::sandbox
