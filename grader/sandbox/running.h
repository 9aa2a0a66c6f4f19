// The grader's hold on one running sandbox.
#pragma once

#include <memory>
#include <mutex>

#include "grader/os/unix_socket.h"
#include "grader/sandbox/channel.h"
#include "grader/sandbox/meter.h"
#include "grader/sandbox/spawner.h"

namespace grader::sandbox {

class Running final : public Sandbox {
 public:
  // Launches through the channel and waits until the target is ready to be released. Throws SetUpError or
  // std::system_error.
  Running(std::shared_ptr<Channel> channel, const LaunchOrder& order);
  ~Running() override;

  pid_t target() const override { return target_; }
  pid_t init() const override { return launched_.reply.init; }
  const Files& files() const override { return files_; }
  std::optional<User> inspector() const override;
  void Release() override;
  os::Fd& Stdin() override { return stdin_; }
  os::Fd& Stdout() override { return stdout_; }
  os::Fd& Stderr() override { return stderr_; }
  int notice_fd() const override { return notices_.get(); }
  std::optional<Notice> NextNotice() override;
  int pidfd() const override { return launched_.pidfd.get(); }
  os::Fd OpenInside(const std::string& folder) override;
  using Sandbox::Socket;
  os::Fd Socket(int domain, int type, int protocol) override;
  Usage usage() override;
  void Kill() override;

 private:
  void Launch(const LaunchOrder& order);
  void AwaitTarget();
  bool HasOwnRoot() const { return launched_.reply.base.empty(); }
  os::Fd Ask(const Request& request, const char* what);

  std::shared_ptr<Channel> channel_;
  Launched launched_;
  Files files_;
  pid_t target_ = 0;
  os::Fd stdin_;
  os::Fd stdout_;
  os::Fd stderr_;
  os::Fd notices_;
  std::mutex asking_;  // one question and its answer at a time
  os::Fd requests_;
  os::Fd release_;
  os::Fd proc_;  // that shows the sandbox's processes
  Meter meter_;
};

}  // namespace grader::sandbox
