#include "grader/sandbox/server.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "grader/os/child.h"
#include "grader/os/landlock.h"
#include "grader/os/namespaces.h"
#include "grader/os/pidfd.h"
#include "grader/os/unix_socket.h"
#include "grader/sandbox/init.h"

namespace grader::sandbox {
namespace {

std::vector<int> KeptByInit(const LaunchPlan& plan) {
  std::vector<int> kept = {plan.go.get()};
  for (const os::Fd& end : plan.ends) kept.push_back(end.get());
  for (const os::Fd& tree : plan.trees) kept.push_back(tree.get());
  std::ranges::sort(kept);
  return kept;
}

}  // namespace

Server::Server(os::Fd socket, os::Fd grader, Tier tier)
    : socket_(std::move(socket)),
      grader_(std::move(grader)),
      landlock_(os::LandlockVersion()),
      ground_(MakeGround(tier, {slots_, landlock_, cgroups_.CountsProcesses()})) {}

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
    ground_->PrepareAhead();
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
    const std::uint64_t slot = slots_.Take();
    try {
      const auto plan = ground_->Plan(std::move(order), std::move(ends), slot);
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
    ground_->Clear(slot);
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
  os::Pipe go = os::MakePipe();
  plan.go = std::move(go.read);
  plan.landlock = landlock_;
  plan.kept = KeptByInit(plan);
  plan.counts_memory = cgroups_.CountsMemory();
  plan.counts_processes = cgroups_.CountsProcesses();
  cgroups_.Prepare(slot);
  cgroups_.Limit(slot, plan.order.limits);
  const os::CloneResult init = os::Clone(ground_->fresh_namespaces(), cgroups_.BirthPlace(slot));
  if (init.pid == 0) RunInit(plan);
  os::ThrowIf(init.error, ground_->fresh_namespaces() != 0 ? "clone3 into fresh namespaces" : "fork init");
  live_[slot].pidfd = os::Fd(init.pidfd);
  live_[slot].init = init.pid;
  ground_->Admit(plan, init.pid);
  // A program that opens /dev/stdout asks for its own pipe anew, as its own user.
  for (const ChildEnd stream : {kStdin, kStdout, kStderr}) os::GiveTo(plan.ends[stream], plan.user, plan.group);
  cgroups_.Enter(slot, init.pid);
  if (::write(go.write.get(), "", 1) != 1) os::ThrowErrno("write to init");
  LaunchReply reply;
  reply.init = init.pid;
  reply.slot = slot;
  reply.base = plan.base;
  reply.user = plan.user;
  reply.group = plan.group;
  reply.end_signal = ground_->end_signal();
  return reply;
}

void Server::ReapDead() {
  for (auto& [slot, live] : live_) {
    pollfd end{live.pidfd.get(), POLLIN, 0};
    if (live.dead || ::poll(&end, 1, 0) <= 0) continue;
    os::Reap(live.pidfd);
    live.dead = true;
    ground_->SweepProcesses(slot, Inits());
  }
}

std::vector<pid_t> Server::Inits() const {
  std::vector<pid_t> inits;
  for (const auto& [slot, live] : live_) {
    if (!live.dead) inits.push_back(live.init);
  }
  return inits;
}

void Server::Retire() {
  std::erase_if(live_, [this](const auto& entry) {
    if (!entry.second.dead || !entry.second.finished || ground_->IsRead(entry.first)) return false;
    cgroups_.Renew(entry.first);
    ground_->Clear(entry.first);
    slots_.Return(entry.first);
    return true;
  });
}

void Server::EndAll() {
  for (auto& [slot, live] : live_) {
    if (!live.dead) os::SendSignal(live.pidfd, ground_->end_signal());
  }
  for (auto& [slot, live] : live_) {
    if (!live.dead) os::Reap(live.pidfd);
    live.dead = true;
    ground_->SweepProcesses(slot, Inits());
    ground_->Clear(slot);
  }
}

}  // namespace grader::sandbox
