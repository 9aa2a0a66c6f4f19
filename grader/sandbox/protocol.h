// What the grader and its spawner, and the grader and a sandbox's init and target say to each other.
#pragma once

#include <linux/filter.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "grader/os/errno.h"
#include "grader/sandbox/command.h"
#include "grader/sandbox/files.h"
#include "grader/sandbox/limits.h"
#include "grader/sandbox/wire.h"

namespace grader::sandbox {

// ---- grader to spawner, one message each

enum class Order : std::uint64_t {
  kLaunch,    // a LaunchOrder, with the descriptors of ChildEnd
  kFinished,  // a slot's number: the grader has let go of that sandbox
};

// The descriptors that go with a LaunchOrder, in this order.
enum ChildEnd : std::size_t { kStdin, kStdout, kStderr, kNotices, kRequests, kRelease, kChildEnds };

struct LaunchOrder {
  Command command;
  Files files;
  Limits limits;
  std::vector<sock_filter> filter;

  void Write(WireWriter& wire) const;
  static LaunchOrder Read(WireReader& wire);
};

// The longest message between grader and spawner; the kernel's usual limit is a little above.
inline constexpr std::size_t kLongestMessage = std::size_t{200} * 1024;

// ---- spawner to grader

inline constexpr std::size_t kLongestReply = std::size_t{16} * 1024;

// The first message: how the preparations went.
struct StartReply {
  std::string failed_step;             // empty if all went well
  int landlock = 0;                    // its version
  std::vector<std::uint64_t> cgroups;  // the Cgroup::Kind each sandbox will have
  bool own_users = false;              // each sandbox runs as another user of the machine

  void Write(WireWriter& wire) const;
  static StartReply Read(WireReader& wire);
};

// The answer to Order::kLaunch; with init's pidfd if it went well, and the descriptors of the slot's cgroups.
struct LaunchReply {
  std::string failed_step;  // empty if all went well
  pid_t init = 0;
  std::uint64_t slot = 0;
  std::string base;  // places.h; empty where the sandbox has a root of its own
  uid_t user = 0;    // its user and group, as the machine knows them
  gid_t group = 0;
  int end_signal = 0;                  // what makes init end, and with it all that is inside
  std::vector<std::uint64_t> cgroups;  // their Cgroup::Kind, in the order of the descriptors

  void Write(WireWriter& wire) const;
  static LaunchReply Read(WireReader& wire);
};

// ---- init and target to grader

// Sent from code that must not allocate, so of fixed size.
struct Report {
  enum class Kind : std::uint32_t { kReady, kTargetEnded, kReaped, kExecFailed, kSetUpFailed };
  Kind kind = Kind::kReady;
  pid_t pid = 0;
  int status = 0;
  os::Errno error = 0;
  char step[64] = {};
};

// ---- grader to init

struct Request {
  enum class Kind : std::uint32_t { kSocket, kOpenFolder };
  Kind kind = Kind::kSocket;
  int domain = 0;
  int type = 0;
  int protocol = 0;
  char folder[128] = {};
};

// The answer, with the descriptor asked for if error is 0.
struct RequestReply {
  os::Errno error = 0;
};

// The bytes of one of the plain structures above.
template <typename Plain>
std::span<const std::byte> BytesOf(const Plain& plain) {
  return std::as_bytes(std::span(&plain, 1));
}

}  // namespace grader::sandbox
