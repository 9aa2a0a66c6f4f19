#include "grader/schedule/runtime/profile.h"

namespace grader::schedule::runtime {

Profile* profile = nullptr;
bool profiling = false;

std::uint64_t ProfiledLength() { return profile != nullptr && profile->length > 0 ? profile->length : 100; }

void CountForProfile(const Pending& pending) {
  if (!profiling || pending.object == nullptr || !Concurrent()) return;
  if (pending.object->kind == ObjectKind::kThread) return;
  Object& object = *pending.object;
  if (object.profile == 0) {
    if (profile->target_count == kMostTargets) return;
    object.profile = ++profile->target_count;
    profile->targets[object.profile - 1].identity = object.identity;
  }
  Target& target = profile->targets[object.profile - 1];
  std::uint32_t index = 0;
  while (index < target.paths && target.path[index] != current->path) ++index;
  if (index == target.paths) {
    if (target.paths == kMostPaths) return;
    target.path[target.paths++] = current->path;
  }
  ++target.events[index];
  ++target.total;
}

}  // namespace grader::schedule::runtime
