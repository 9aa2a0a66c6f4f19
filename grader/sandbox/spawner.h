// How an untrusted command is run.
//
//   checks executable ── socket ── spawner            a small program of its own: fork cost grows with the parent
//                                    │ clone3 into fresh user, pid, mount, net, ipc, uts, cgroup namespaces
//                                    ▼
//                                  init               ours, pid 1 inside, never traced, holds no secret; reaps orphans
//                                    │ fork
//                                    ▼
//                                  target             waits until released, then execs the student's program
//                                    │
//                                    ▼
//                                  the program's own children and threads
//
// Killing init kills everything inside. Init dies with the spawner, the spawner with the checks executable.
//
// That is the tier "full". Where the machine allows no namespaces (ground.h), init is an ordinary process and the
// nearest subreaper of all that runs inside: asked to end, it first kills them until it has no child left.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "grader/os/bytes.h"
#include "grader/os/fd.h"
#include "grader/sandbox/command.h"
#include "grader/sandbox/files.h"
#include "grader/sandbox/limits.h"
#include "grader/sandbox/policy.h"
#include "grader/sandbox/tier.h"

namespace grader::sandbox {

struct LaunchRequest {
  Command command;
  Files files;
  Limits limits;
  Policy policy;
};

// What init and the target tell about themselves.
struct Notice {
  enum class Kind {
    kTargetEnded,  // pid, wait_status: the command's first process was reaped by init
    kReaped,       // pid, wait_status: init reaped an adopted process
    kExecFailed,   // error: errno of execve
    kSetUpFailed,  // error, detail: a step of the sandbox itself failed; a grader fault
  };
  Kind kind;
  pid_t pid = 0;        // as seen inside the sandbox
  int wait_status = 0;  // as of waitpid(2)
  int error = 0;
  std::string detail;
};

// What the whole sandbox has used so far, dead processes included.
struct Usage {
  std::chrono::nanoseconds cpu_time{0};
  os::Bytes memory_peak;
  bool out_of_memory = false;     // the memory limit killed or refused something
  bool out_of_processes = false;  // a fork or thread was refused because of the limit
};

// One running sandbox. Destruction kills all that is in it. Not thread-safe, except Kill() and Socket().
class Sandbox {
 public:
  virtual ~Sandbox() = default;

  // The command's first process, as a process id of the machine, waiting to be released; 2 or more inside.
  virtual pid_t target() const = 0;
  virtual pid_t init() const = 0;

  // The request's views, inside where the programs of this sandbox find them.
  virtual const Files& files() const = 0;

  // As whom the grader reads what /proc tells of the programs (os::ActingAsFileOwner); empty where it may as itself.
  struct User {
    uid_t user;
    gid_t group;
  };
  virtual std::optional<User> inspector() const = 0;

  // Lets the target exec the command. Called once, after a tracer, if any, has attached.
  virtual void Release() = 0;

  // The grader's ends of the program's stdin, stdout and stderr; non-blocking. Closing stdin is end of file for the
  // program.
  virtual os::Fd& Stdin() = 0;
  virtual os::Fd& Stdout() = 0;
  virtual os::Fd& Stderr() = 0;

  // Becomes readable when NextNotice() has something to say, and at end of file when init is gone.
  virtual int notice_fd() const = 0;
  // Never waits. Empty if there is none now.
  virtual std::optional<Notice> NextNotice() = 0;

  // A pidfd of init: readable when everything inside is dead and init itself has ended.
  virtual int pidfd() const = 0;

  // A directory descriptor of the private folder /work, /tmp or /dev/shm (whose content outlives the processes as long
  // as it is held): results are collected through it with openat2(RESOLVE_BENEATH), after everything is dead.
  virtual os::Fd OpenInside(const std::string& folder) = 0;

  // A socket made inside the sandbox's network, close-on-exec (socket(2)). For clients outside that talk to servers
  // inside.
  virtual os::Fd Socket(int domain, int type, int protocol) = 0;
  os::Fd Socket(int domain, int type) { return Socket(domain, type, 0); }

  virtual Usage usage() = 0;

  // Kills everything inside with SIGKILL and returns at once; pidfd() tells when all are dead (tracees must be waited
  // for by their tracer). Any number of calls, from any thread.
  virtual void Kill() = 0;
};

// The small process that makes sandboxes.
class Spawner {
 public:
  // Starts the spawner and tries the whole set-up of the best tier, then the next. Throws SetUpError, naming each step
  // that failed and what would help, if no tier works.
  static std::unique_ptr<Spawner> Start();

  virtual ~Spawner() = default;

  // Throws std::system_error or SetUpError: the grader's or the machine's fault, never the student's. Thread-safe.
  virtual std::unique_ptr<Sandbox> Launch(const LaunchRequest& request) = 0;

  virtual const TierReport& tier() const = 0;
};

}  // namespace grader::sandbox
