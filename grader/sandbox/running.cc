#include "grader/sandbox/running.h"

#include <sys/file.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "grader/os/pidfd.h"
#include "grader/os/procfs.h"
#include "grader/sandbox/places.h"
#include "grader/sandbox/set_up_error.h"

namespace grader::sandbox {
namespace {

std::optional<Report> ReceiveReport(const os::Fd& notices, os::Waiting waiting, pid_t* sender) {
  Report report;
  const auto message = os::ReceiveMessage(notices, std::as_writable_bytes(std::span(&report, 1)), waiting);
  if (!message || message->size != sizeof report) return std::nullopt;
  if (sender != nullptr) *sender = message->sender;
  return report;
}

std::string Describe(const Report& report) {
  return std::string(report.step) + ": " + std::generic_category().message(report.error);
}

Notice::Kind KindOf(Report::Kind kind) {
  switch (kind) {
    case Report::Kind::kTargetEnded:
      return Notice::Kind::kTargetEnded;
    case Report::Kind::kReaped:
      return Notice::Kind::kReaped;
    case Report::Kind::kExecFailed:
      return Notice::Kind::kExecFailed;
    case Report::Kind::kReady:
    case Report::Kind::kSetUpFailed:
      break;
  }
  return Notice::Kind::kSetUpFailed;
}

}  // namespace

Running::Running(std::shared_ptr<Channel> channel, const LaunchOrder& order) : channel_(std::move(channel)) {
  Launch(order);
  try {
    AwaitTarget();
  } catch (...) {
    Kill();
    channel_->Finished(launched_.reply.slot);
    throw;
  }
}

void Running::Launch(const LaunchOrder& order) {
  os::Pipe in = os::MakePipe();
  os::Pipe out = os::MakePipe();
  os::Pipe err = os::MakePipe();
  os::Pipe release = os::MakePipe();
  os::SocketPair notices = os::MakeSocketPair();
  os::SocketPair requests = os::MakeSocketPair();
  os::AskForSender(notices.ours);
  for (const os::Fd* end : {&in.write, &out.read, &err.read}) os::SetNonBlocking(*end);
  const int ends[kChildEnds] = {in.read.get(),        out.write.get(),       err.write.get(),
                                notices.theirs.get(), requests.theirs.get(), release.read.get()};
  launched_ = channel_->Launch(order, ends);
  files_ = order.files;
  for (View& view : files_.views) view.inside = PlaceOf(launched_.reply.base, view.inside.native());
  meter_ = Meter(std::move(launched_.cgroups));
  stdin_ = std::move(in.write);
  stdout_ = std::move(out.read);
  stderr_ = std::move(err.read);
  notices_ = std::move(notices.ours);
  requests_ = std::move(requests.ours);
  release_ = std::move(release.write);
}

void Running::AwaitTarget() {
  const auto report = ReceiveReport(notices_, os::Waiting::kBlock, &target_);
  if (!report) throw SetUpError("the sandbox's init ended during set-up");
  if (report->kind != Report::Kind::kReady) throw SetUpError(Describe(*report));
}

Running::~Running() {
  Kill();
  channel_->Finished(launched_.reply.slot);
}

void Running::Release() {
  if (!release_) return;
  // The target may have been killed meanwhile; its end is told by a notice.
  [[maybe_unused]] const ssize_t wrote = ::write(release_.get(), "", 1);
  release_.Close();
}

std::optional<Notice> Running::NextNotice() {
  const auto report = ReceiveReport(notices_, os::Waiting::kDoNotBlock, nullptr);
  if (!report) return std::nullopt;
  Notice notice{KindOf(report->kind), report->pid, report->status, report->error, {}};
  if (notice.error != 0) notice.detail = Describe(*report);
  return notice;
}

os::Fd Running::Ask(const Request& request, const char* what) {
  const std::lock_guard lock(asking_);
  os::ThrowIf(os::SendMessage(requests_.get(), BytesOf(request)), what);
  RequestReply reply;
  auto message = os::ReceiveMessage(requests_, std::as_writable_bytes(std::span(&reply, 1)), os::Waiting::kBlock);
  if (!message || message->size != sizeof reply) os::ThrowIf(ESRCH, what);
  os::ThrowIf(reply.error, what);
  if (message->descriptors.empty()) os::ThrowIf(EMFILE, what);
  return std::move(message->descriptors.front());
}

os::Fd Running::OpenInside(const std::string& folder) {
  const std::string place = PlaceOf(launched_.reply.base, folder);
  Request request;
  request.kind = Request::Kind::kOpenFolder;
  if (place.size() >= sizeof request.folder) os::ThrowIf(ENAMETOOLONG, "open a folder of the sandbox");
  std::memcpy(request.folder, place.data(), place.size());
  os::Fd opened = Ask(request, "open a folder of the sandbox");
  // Where no file system is kept by it, this keeps the spawner from removing what is read.
  if (!HasOwnRoot()) ::flock(opened.get(), LOCK_SH | LOCK_NB);
  return opened;
}

os::Fd Running::Socket(int domain, int type, int protocol) {
  Request request;
  request.kind = Request::Kind::kSocket;
  request.domain = domain;
  request.type = type;
  request.protocol = protocol;
  return Ask(request, "make a socket in the sandbox");
}

std::optional<Sandbox::User> Running::inspector() const {
  // With a user namespace of its own below the grader's, the grader has all rights over it.
  if (HasOwnRoot() || launched_.reply.user == ::geteuid()) return std::nullopt;
  return User{launched_.reply.user, launched_.reply.group};
}

Usage Running::usage() {
  if (meter_.CountsAll()) return meter_.Read({}, {});
  if (!proc_) proc_ = HasOwnRoot() ? OpenInside("/proc") : os::OpenProc();
  return meter_.Read(proc_, HasOwnRoot() ? os::Processes(proc_) : os::WithDescendants(proc_, init()));
}

void Running::Kill() {
  // The cgroup first: a fork bomb dies faster than its init can be torn down. But an init that has to kill what is
  // inside must live to do it.
  if (HasOwnRoot()) meter_.Kill();
  os::SendSignal(launched_.pidfd, launched_.reply.end_signal);
}

}  // namespace grader::sandbox
