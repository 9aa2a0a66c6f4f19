#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace grader::observe {

// The System V objects that exist, by the calls that made and removed them (sysvipc(7)): shmget, semget, msgget and the
// IPC_RMID of shmctl, semctl, msgctl. Not thread-safe.
class SystemVObjects {
 public:
  // A call that returned; others than those named are ignored.
  void Note(int number, std::uint64_t first_argument, std::int64_t result);

  // "shared memory 5", "semaphore set 0", "message queue 1".
  std::vector<std::string> Names() const;

 private:
  std::set<std::pair<std::string, std::int64_t>> objects_;  // kind and id
};

}  // namespace grader::observe
