// The grader's side of the conversation with its spawner.
#pragma once

#include <sys/types.h>

#include <mutex>
#include <vector>

#include "grader/os/fd.h"
#include "grader/sandbox/cgroups.h"
#include "grader/sandbox/protocol.h"

namespace grader::sandbox {

struct Launched {
  LaunchReply reply;
  os::Fd pidfd;
  std::vector<Cgroup> cgroups;
};

// Owns the spawner's process: destruction ends it and all its sandboxes and waits until they are dead. Thread-safe.
class Channel {
 public:
  Channel(os::Fd socket, os::Fd spawner) : socket_(std::move(socket)), spawner_(std::move(spawner)) {}
  ~Channel();

  // Waits for the spawner's word that it has made its preparations. Throws SetUpError naming the step that failed.
  StartReply AwaitStart();

  // ends by ChildEnd. Throws SetUpError or std::system_error.
  Launched Launch(const LaunchOrder& order, std::span<const int> ends);

  // The grader holds nothing of the sandbox in this slot any more.
  void Finished(std::uint64_t slot) noexcept;

 private:
  template <typename Reply>
  Reply Receive(std::vector<os::Fd>& descriptors);

  std::mutex mutex_;  // one conversation at a time
  os::Fd socket_;
  os::Fd spawner_;  // pidfd
};

}  // namespace grader::sandbox
