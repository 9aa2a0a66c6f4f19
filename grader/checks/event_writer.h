#pragma once

#include <string_view>

#include "grader/checks/result.h"
#include "grader/os/fd.h"

namespace grader::checks {

// Where events go, one a line. Each event is written at once, whole.
class EventWriter {
 public:
  // Makes the descriptor close-on-exec: nobody else may write events.
  explicit EventWriter(os::Fd fd);

  // Throws std::system_error.
  void Send(const Event& event);
  void SendLine(std::string_view line);  // an event as ToLine() made it

 private:
  os::Fd fd_;
};

}  // namespace grader::checks
