#include "grader/sandbox/slots.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace grader::sandbox {
namespace {

constexpr std::uint64_t kMostSlots = 255;
constexpr std::uint64_t kIds = kMostSlots + 1;  // with a spare one

// Far above what machines and containers give out. Process ids have at most 22 bits (proc(5), pid_max), so that
// spawners alive at one time never share an id.
constexpr std::uint64_t kFirstUser = 0x4000'0000;

bool MapsUpTo(const char* map, std::uint64_t last) {
  std::ifstream lines(map);
  std::uint64_t inside = 0, outside = 0, count = 0;
  while (lines >> inside >> outside >> count) {
    if (inside <= kFirstUser && last < inside + count) return true;
  }
  return false;
}

// Containers on one machine share its users, and their processes have the same few small ids: each pid namespace counts
// from another id on. Within one, no two processes meet.
std::uint64_t FirstOfThisProcess() {
  constexpr std::uint64_t kProcesses = std::uint64_t{1} << 22;
  constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;  // of Knuth's multiplicative hashing
  struct stat space {};
  const std::uint64_t start = ::stat("/proc/self/ns/pid", &space) == 0 ? space.st_ino * kSpread >> 42 : 0;
  return kFirstUser + (start + static_cast<std::uint64_t>(::getpid())) % kProcesses * kIds;
}

}  // namespace

Slots::Slots() : first_user_(FirstOfThisProcess()) {
  const std::uint64_t last = first_user_ + kIds - 1;
  own_users_ = ::geteuid() == 0 && MapsUpTo("/proc/self/uid_map", last) && MapsUpTo("/proc/self/gid_map", last);
}

std::uint64_t Slots::Take() {
  if (free_.empty()) {
    if (made_ == kMostSlots) throw std::runtime_error("more than 255 sandboxes at once");
    return made_++;
  }
  const std::uint64_t slot = free_.back();
  free_.pop_back();
  return slot;
}

void Slots::Return(std::uint64_t slot) { free_.push_back(slot); }

uid_t Slots::spare_user() const { return static_cast<uid_t>(first_user_ + kMostSlots); }

Slots::Ids Slots::IdsOf(std::uint64_t slot) const {
  if (!own_users_) return {::geteuid(), ::getegid()};
  const auto id = static_cast<uid_t>(first_user_ + slot);
  return {id, id};
}

}  // namespace grader::sandbox
