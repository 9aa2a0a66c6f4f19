#include "grader/observe/system_v_objects.h"

#include <fmt/format.h>
#include <sys/syscall.h>

namespace grader::observe {

void SystemVObjects::Note(int number, std::uint64_t first_argument, std::int64_t result) {
  if (result < 0) return;
  const auto id = static_cast<std::int64_t>(first_argument);
  switch (number) {
    case SYS_shmget:
      objects_.emplace("shared memory", result);
      break;
    case SYS_semget:
      objects_.emplace("semaphore set", result);
      break;
    case SYS_msgget:
      objects_.emplace("message queue", result);
      break;
    case SYS_shmctl:
      objects_.erase({"shared memory", id});
      break;
    case SYS_semctl:
      objects_.erase({"semaphore set", id});
      break;
    case SYS_msgctl:
      objects_.erase({"message queue", id});
      break;
    default:
      break;
  }
}

std::vector<std::string> SystemVObjects::Names() const {
  std::vector<std::string> names;
  for (const auto& [kind, id] : objects_) names.push_back(fmt::format("{} {}", kind, id));
  return names;
}

}  // namespace grader::observe
