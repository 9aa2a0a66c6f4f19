#include "grader/sandbox/channel.h"

#include <array>

#include "grader/os/child.h"
#include "grader/os/unix_socket.h"
#include "grader/sandbox/set_up_error.h"

namespace grader::sandbox {

Channel::~Channel() {
  socket_.Close();
  os::Reap(spawner_);
}

template <typename Reply>
Reply Channel::Receive(std::vector<os::Fd>& descriptors) {
  std::array<std::byte, kLongestReply> buffer;
  auto message = os::ReceiveMessage(socket_, buffer, os::Waiting::kBlock);
  if (!message || message->size == 0) throw SetUpError("the spawner has ended");
  WireReader wire{std::span(buffer).first(message->size)};
  Reply reply = Reply::Read(wire);
  if (!reply.failed_step.empty()) throw SetUpError(reply.failed_step);
  descriptors = std::move(message->descriptors);
  return reply;
}

StartReply Channel::AwaitStart() {
  std::vector<os::Fd> none;
  return Receive<StartReply>(none);
}

Launched Channel::Launch(const LaunchOrder& order, std::span<const int> ends) {
  WireWriter wire;
  wire.Number(static_cast<std::uint64_t>(Order::kLaunch));
  order.Write(wire);
  if (wire.bytes().size() > kLongestMessage) throw SetUpError("a command with more than 200 KiB of arguments");
  const std::lock_guard lock(mutex_);
  os::ThrowIf(os::SendMessage(socket_.get(), wire.bytes(), ends), "send to the spawner");
  std::vector<os::Fd> descriptors;
  const LaunchReply reply = Receive<LaunchReply>(descriptors);
  if (descriptors.size() != reply.cgroups.size() + 1) throw SetUpError("the spawner's answer lacks descriptors");
  Launched launched{reply, std::move(descriptors.front()), {}};
  for (std::size_t i = 0; i < reply.cgroups.size(); ++i) {
    launched.cgroups.push_back({Cgroup::Kind{reply.cgroups[i]}, std::move(descriptors[i + 1])});
  }
  return launched;
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
