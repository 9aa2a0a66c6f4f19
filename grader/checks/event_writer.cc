#include "grader/checks/event_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "grader/checks/protocol.h"
#include "grader/os/errno.h"

namespace grader::checks {

EventWriter::EventWriter(os::Fd fd) : fd_(std::move(fd)) {
  if (fcntl(fd_.get(), F_SETFD, FD_CLOEXEC) != 0) os::ThrowErrno("the descriptor for results");
}

void EventWriter::Send(const Event& event) { SendLine(ToLine(event)); }

void EventWriter::SendLine(std::string_view line) {
  const auto text = std::string(line) + "\n";
  for (std::size_t done = 0; done < text.size();) {
    const auto n = write(fd_.get(), text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) os::ThrowErrno("writing a result");
    done += static_cast<std::size_t>(n);
  }
}

}  // namespace grader::checks
