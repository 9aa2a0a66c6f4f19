#include "grader/os/wait.h"

#include <sys/wait.h>

#include <cerrno>
#include <system_error>

namespace grader::os {
namespace {

std::optional<WaitEvent> NextEvent(int options) {
  for (;;) {
    WaitEvent event;
    event.task = waitpid(-1, &event.status, __WALL | __WNOTHREAD | options);
    if (event.task >= 0) return event;
    if (errno == ECHILD) return std::nullopt;
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  }
}

}  // namespace

std::optional<WaitEvent> WaitForOwnTask() { return NextEvent(0); }

std::optional<WaitEvent> LookForOwnTask() { return NextEvent(WNOHANG); }

}  // namespace grader::os
