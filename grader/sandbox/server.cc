#include "grader/sandbox/server.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "grader/os/child.h"
#include "grader/os/files.h"
#include "grader/os/landlock.h"
#include "grader/os/namespaces.h"
#include "grader/os/pidfd.h"
#include "grader/os/unix_socket.h"
#include "grader/sandbox/init.h"
#include "grader/sandbox/plan_builder.h"

namespace grader::sandbox {
namespace {

// A user namespace first makes the rest possible without privileges; as root it is only the sandbox's.
constexpr std::uint64_t kFreshNamespaces = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS;

std::vector<int> KeptByInit(const LaunchPlan& plan) {
  std::vector<int> kept = {plan.go.get()};
  for (const os::Fd& end : plan.ends) kept.push_back(end.get());
  for (const os::Fd& tree : plan.trees) kept.push_back(tree.get());
  std::ranges::sort(kept);
  return kept;
}

}  // namespace

Server::Server(os::Fd socket, os::Fd grader)
    : socket_(std::move(socket)), grader_(std::move(grader)), landlock_(os::LandlockVersion()) {
  proc_ = os::OpenAt(os::kHere, "/proc", O_PATH | O_DIRECTORY);
  PrepareNetwork();
}

StartReply Server::Report() const {
  StartReply report;
  report.landlock = landlock_;
  for (const Cgroup::Kind kind : cgroups_.Kinds()) report.cgroups.push_back(static_cast<std::uint64_t>(kind));
  report.own_users = slots_.own_users();
  return report;
}

void Server::Run() {
  for (;;) {
    WaitForWork();
    ReapDead();
    if (!ServeMessage()) break;
    Retire();
  }
  EndAll();
}

void Server::WaitForWork() {
  std::vector<pollfd> sources = {{socket_.get(), POLLIN, 0}, {grader_.get(), POLLIN, 0}};
  for (const auto& [slot, live] : live_) {
    if (!live.dead) sources.push_back({live.pidfd.get(), POLLIN, 0});
  }
  // Before it sleeps it does what the next launch would have to wait for.
  if (::poll(sources.data(), sources.size(), 0) == 0) {
    PrepareAhead();
    ::poll(sources.data(), sources.size(), -1);
  }
}

bool Server::ServeMessage() {
  pollfd grader{grader_.get(), POLLIN, 0};
  if (::poll(&grader, 1, 0) > 0) return false;
  auto message = os::ReceiveMessage(socket_, buffer_, os::Waiting::kDoNotBlock);
  if (!message) return true;
  if (message->size == 0) return false;
  WireReader wire{std::span(buffer_).first(message->size)};
  if (Order{wire.Number()} == Order::kFinished) {
    live_.at(wire.Number()).finished = true;
  } else {
    Launch(LaunchOrder::Read(wire), std::move(message->descriptors));
  }
  return true;
}

void Server::Launch(LaunchOrder order, std::vector<os::Fd> ends) {
  LaunchReply reply;
  std::vector<int> descriptors;
  try {
    const auto plan = BuildPlan(std::move(order), std::move(ends), root_);
    const std::uint64_t slot = slots_.Take();
    try {
      reply = Start(*plan, slot);
      descriptors = DescriptorsOf(slot, reply);
    } catch (...) {
      GiveUp(slot);
      throw;
    }
  } catch (const std::exception& fault) {
    reply = {};
    reply.failed_step = fault.what();
  }
  WireWriter wire;
  reply.Write(wire);
  os::SendMessage(socket_.get(), wire.bytes(), descriptors);
}

void Server::GiveUp(std::uint64_t slot) {
  const auto live = live_.find(slot);
  if (live == live_.end()) {
    slots_.Return(slot);
  } else {
    // Forked already; without its go it ends by itself, and nobody will let go of it.
    live->second.finished = true;
  }
}

std::vector<int> Server::DescriptorsOf(std::uint64_t slot, LaunchReply& reply) {
  std::vector<int> descriptors = {live_.at(slot).pidfd.get()};
  for (const Cgroup* cgroup : cgroups_.Of(slot)) {
    reply.cgroups.push_back(static_cast<std::uint64_t>(cgroup->kind));
    descriptors.push_back(cgroup->folder.get());
  }
  return descriptors;
}

LaunchReply Server::Start(LaunchPlan& plan, std::uint64_t slot) {
  PrepareNetwork();
  os::Pipe go = os::MakePipe();
  plan.go = std::move(go.read);
  plan.landlock = landlock_;
  plan.kept = KeptByInit(plan);
  plan.counts_memory = cgroups_.CountsMemory();
  plan.counts_processes = cgroups_.CountsProcesses();
  cgroups_.Prepare(slot);
  cgroups_.Limit(slot, plan.order.limits);
  const os::CloneResult init = os::Clone(kFreshNamespaces, cgroups_.BirthPlace(slot));
  if (init.pid == 0) RunInit(plan);
  os::ThrowIf(init.error, "clone3 into fresh namespaces");
  network_ready_ = false;
  live_[slot].pidfd = os::Fd(init.pidfd);
  const Slots::Ids ids = slots_.IdsOf(slot);
  // A program that opens /dev/stdout asks for its own pipe anew, as its own user.
  for (const ChildEnd stream : {kStdin, kStdout, kStderr}) os::GiveTo(plan.ends[stream], ids.user, ids.group);
  os::MapIds(proc_, init.pid, {kStudent, ids.user, kStudent, ids.group});
  cgroups_.Enter(slot, init.pid);
  if (::write(go.write.get(), "", 1) != 1) os::ThrowErrno("write to init");
  LaunchReply reply;
  reply.init = init.pid;
  reply.slot = slot;
  return reply;
}

void Server::ReapDead() {
  for (auto& [slot, live] : live_) {
    pollfd end{live.pidfd.get(), POLLIN, 0};
    if (live.dead || ::poll(&end, 1, 0) <= 0) continue;
    os::Reap(live.pidfd);
    live.dead = true;
  }
}

void Server::Retire() {
  std::erase_if(live_, [this](const auto& entry) {
    if (!entry.second.dead || !entry.second.finished) return false;
    cgroups_.Renew(entry.first);
    slots_.Return(entry.first);
    return true;
  });
}

void Server::PrepareNetwork() {
  if (network_ready_) return;
  os::ThrowIf(os::Unshare(CLONE_NEWNET), "unshare the network namespace");
  os::ThrowIf(os::RaiseLoopback(), "bring the loopback interface up");
  network_ready_ = true;
}

void Server::PrepareAhead() noexcept {
  try {
    PrepareNetwork();
  } catch (const std::exception&) {
    // The launch that needs it tries again and tells why not.
  }
}

void Server::EndAll() {
  for (auto& [slot, live] : live_) {
    if (live.dead) continue;
    os::SendSignal(live.pidfd, SIGKILL);
    os::Reap(live.pidfd);
  }
}

}  // namespace grader::sandbox
