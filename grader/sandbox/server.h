// The spawner's own process: serves launches, reaps inits, tidies up behind them.
#pragma once

#include <map>
#include <memory>

#include "grader/os/fd.h"
#include "grader/sandbox/cgroups.h"
#include "grader/sandbox/ground.h"
#include "grader/sandbox/launch_plan.h"
#include "grader/sandbox/slots.h"

namespace grader::sandbox {

class Server {
 public:
  // grader is a pidfd of the process that is served; the server ends with it. Throws std::system_error.
  Server(os::Fd socket, os::Fd grader, Tier tier);

  // What was prepared.
  StartReply Report() const;

  // Returns when the grader has let go or died and everything is dead and tidied up.
  void Run();

 private:
  struct Live {
    os::Fd pidfd;
    pid_t init = 0;
    bool dead = false;      // init reaped, so everything inside was
    bool finished = false;  // the grader has let go
  };

  void WaitForWork();
  // False at end of file.
  bool ServeMessage();
  void Launch(LaunchOrder order, std::vector<os::Fd> ends);
  LaunchReply Start(LaunchPlan& plan, std::uint64_t slot);
  void GiveUp(std::uint64_t slot);
  void ReapDead();
  void Retire();
  void EndAll();
  std::vector<pid_t> Inits() const;
  std::vector<int> DescriptorsOf(std::uint64_t slot, LaunchReply& reply);

  // Kept, because touching fresh memory for each message costs more than all else about it.
  std::vector<std::byte> buffer_ = std::vector<std::byte>(kLongestMessage);
  os::Fd socket_;
  os::Fd grader_;
  CgroupStock cgroups_;  // found before a root of our own hides them
  Slots slots_;
  int landlock_;
  std::unique_ptr<Ground> ground_;
  std::map<std::uint64_t, Live> live_;  // by slot
};

}  // namespace grader::sandbox
