#include "grader/sandbox/init.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "grader/os/child.h"
#include "grader/os/namespaces.h"
#include "grader/os/privileges.h"
#include "grader/os/signals.h"
#include "grader/sandbox/set_up.h"
#include "grader/sandbox/target.h"
#include "grader/sandbox/world.h"

namespace grader::sandbox {
namespace {

// False if the spawner has gone instead.
bool WaitForSpawner(const LaunchPlan& plan) noexcept {
  char byte;
  ssize_t got;
  do got = ::read(plan.go.get(), &byte, 1);
  while (got < 0 && errno == EINTR);
  return got == 1;
}

// Those of other sandboxes and the spawner's own must not be here even for a moment that a program inside exists.
void CloseAllExcept(std::span<const int> ascending) noexcept {
  int next = STDERR_FILENO + 1;
  for (const int kept : ascending) {
    if (kept > next) ::close_range(static_cast<unsigned>(next), static_cast<unsigned>(kept - 1), 0);
    next = std::max(next, kept + 1);
  }
  os::CloseFrom(next);
}

// Serves until the grader lets go. Never blocks on the grader: a full socket must not keep it from serving requests.
class Loop {
 public:
  Loop(const LaunchPlan& plan, pid_t target, int children) noexcept
      : plan_(plan),
        target_(target),
        notices_(plan.end(kNotices)),
        requests_(plan.end(kRequests)),
        children_(children) {}

  [[noreturn]] void Run() noexcept {
    for (;;) {
      ReapAndTell();
      pollfd sources[] = {
          {children_, POLLIN, 0}, {requests_, POLLIN, 0}, {notices_, static_cast<short>(waiting_ ? POLLOUT : 0), 0}};
      ::poll(sources, 3, -1);
      if (sources[0].revents != 0 && os::DrainChildren(children_) == os::Asked::kToEnd) AskedToEnd();
      if (sources[1].revents != 0) Serve();
      if ((sources[2].revents & (POLLERR | POLLHUP)) != 0) End();
    }
  }

 private:
  void ReapAndTell() noexcept {
    for (;;) {
      if (!waiting_) {
        const os::EndedChild child = os::ReapAny();
        if (child.pid == 0) return;
        report_ = {};
        report_.kind = child.pid == target_ ? Report::Kind::kTargetEnded : Report::Kind::kReaped;
        report_.pid = child.pid;
        report_.status = child.status;
      }
      waiting_ = ::send(notices_, &report_, sizeof report_, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno == EAGAIN;
      if (waiting_) return;
    }
  }

  void Serve() noexcept {
    Request request;
    const ssize_t got = ::recv(requests_, &request, sizeof request, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) End();
    const os::Fd made(request.kind == Request::Kind::kSocket ? MakeSocket(request) : OpenFolder(request.folder));
    const RequestReply reply{made ? 0 : errno};
    const int fd = made.get();
    os::SendMessage(requests_, BytesOf(reply), made ? std::span(&fd, 1) : std::span<const int>());
  }

  // A sandbox without a network of its own has none.
  int MakeSocket(const Request& request) noexcept {
    if (plan_.base.empty()) return ::socket(request.domain, request.type | SOCK_CLOEXEC, request.protocol);
    errno = EAFNOSUPPORT;
    return -1;
  }

  // Where it is reached is the grader's to say (Running::OpenInside).
  static int OpenFolder(const char* folder) noexcept {
    return ::open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  }

  // As pid 1 inside, init is asked by its own program only, and does not listen.
  void AskedToEnd() noexcept {
    if (!plan_.base.empty()) End();
  }

  [[noreturn]] void End() noexcept {
    plan_.world->end(plan_);
    ::_exit(0);
  }

  const LaunchPlan& plan_;
  const pid_t target_;
  const int notices_;
  const int requests_;
  const int children_;
  Report report_;
  bool waiting_ = false;  // report_ found the socket full
};

[[noreturn]] void Fail(const LaunchPlan& plan, const StepFailure& failure) noexcept {
  ReportFailure(plan.end(kNotices), Report::Kind::kSetUpFailed, failure);
  plan.world->end(plan);
  ::_exit(1);
}

pid_t StartTarget(const LaunchPlan& plan) noexcept {
  const os::CloneResult target = os::Clone(0);
  if (target.pid == 0) RunTarget(plan);
  if (target.pid < 0) Fail(plan, {"fork the target", target.error});
  return target.pid;
}

}  // namespace

[[noreturn]] void RunInit(const LaunchPlan& plan) noexcept {
  CloseAllExcept(plan.kept);
  if (!WaitForSpawner(plan)) ::_exit(1);
  if (const StepFailure failure = RunSteps(plan.world->init, plan); failure.name != nullptr) Fail(plan, failure);
  const int children = os::WatchChildren();
  if (children < 0) Fail(plan, {"watch children", errno});
  const pid_t target = StartTarget(plan);
  // Otherwise it needs them at the end.
  if (plan.base.empty()) {
    if (const os::Errno error = os::DropCapabilities()) Fail(plan, {"drop init's capabilities", error});
  }
  int kept[] = {plan.end(kNotices), plan.end(kRequests), children};
  std::sort(std::begin(kept), std::end(kept));
  CloseAllExcept(kept);
  Loop(plan, target, children).Run();
}

}  // namespace grader::sandbox
