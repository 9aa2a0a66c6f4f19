#include "grader/sandbox/channel.h"

#include <cstring>

#include "grader/os/child.h"
#include "grader/os/unix_socket.h"
#include "grader/sandbox/set_up_error.h"

namespace grader::sandbox {

Channel::~Channel() {
  socket_.Close();
  os::Reap(spawner_);
}

void Channel::AwaitStart() {
  std::vector<os::Fd> none;
  Receive(none);
}

Launched Channel::Launch(const LaunchOrder& order, std::span<const int> ends) {
  WireWriter wire;
  wire.Number(static_cast<std::uint64_t>(Order::kLaunch));
  order.Write(wire);
  if (wire.bytes().size() > kLongestMessage) throw SetUpError("a command with more than 200 KiB of arguments");
  const std::lock_guard lock(mutex_);
  os::ThrowIf(os::SendMessage(socket_.get(), wire.bytes(), ends), "send to the spawner");
  Launched launched;
  const LaunchReply reply = Receive(launched.descriptors);
  launched.init = reply.init;
  launched.slot = reply.slot;
  return launched;
}

LaunchReply Channel::Receive(std::vector<os::Fd>& descriptors) {
  std::vector<std::byte> buffer(kLongestMessage);
  auto message = os::ReceiveMessage(socket_, buffer, os::Waiting::kBlock);
  if (!message || message->size == 0) throw SetUpError("the spawner has ended");
  WireReader wire{std::span(buffer).first(message->size)};
  LaunchReply reply = LaunchReply::Read(wire);
  if (!reply.failed_step.empty()) throw SetUpError("cannot set up the sandbox: " + reply.failed_step);
  descriptors = std::move(message->descriptors);
  return reply;
}

void Channel::Finished(std::uint64_t slot) noexcept {
  WireWriter wire;
  wire.Number(static_cast<std::uint64_t>(Order::kFinished));
  wire.Number(slot);
  const std::lock_guard lock(mutex_);
  // A spawner that has died has tidied up or will be tidied up after.
  os::SendMessage(socket_.get(), wire.bytes());
}

}  // namespace grader::sandbox
