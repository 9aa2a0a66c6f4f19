#include "grader/os/wait.h"

#include <sys/wait.h>

#include <cerrno>
#include <system_error>

namespace grader::os {

std::optional<WaitEvent> WaitForOwnTask() {
  for (;;) {
    WaitEvent event;
    event.task = waitpid(-1, &event.status, __WALL | __WNOTHREAD);
    if (event.task > 0) return event;
    if (errno == ECHILD) return std::nullopt;
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  }
}

}  // namespace grader::os
