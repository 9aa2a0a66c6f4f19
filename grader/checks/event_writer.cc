#include "grader/checks/event_writer.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "grader/checks/protocol.h"

namespace grader::checks {

void EventWriter::Send(const Event& event) { SendLine(ToLine(event)); }

void EventWriter::SendLine(std::string_view line) {
  const auto text = std::string(line) + "\n";
  for (std::size_t done = 0; done < text.size();) {
    const auto n = write(fd_.get(), text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw std::system_error(errno, std::generic_category(), "writing a result");
    done += static_cast<std::size_t>(n);
  }
}

}  // namespace grader::checks
