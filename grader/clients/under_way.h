#pragma once

#include <vector>

#include "grader/observe/sockets.h"

namespace grader::clients {

// Whether the network may still bring something by itself: a connection being made, closed or reset, or bytes whose
// arrival is not confirmed. What waits for a reader who does not read (a closed window) is not under way.
bool AnythingUnderWay(const std::vector<observe::TcpSocket>& sockets);

}  // namespace grader::clients
