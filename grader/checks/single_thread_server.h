// What labs 14, 15 and 16 ask of servers that serve all their clients in one thread.
#pragma once

#include <string>
#include <vector>

#include "grader/checks/ok_server.h"

namespace grader::checks {

// The system calls a server may sleep in.
struct WaitingCalls {
  std::vector<long> numbers;  // SYS_…
  std::string names;          // "poll or ppoll"
};

class SingleThreadServer : public OkServerCheck {
 protected:
  // One process, one thread; when it has nothing to do it sleeps in one of these calls, with and without clients.
  void WaitsForAllInOneCall(const WaitingCalls& calls);

  // The same, and it sleeps until something happens: without a time-out, even if every client could be sent to.
  void SleepsWithoutTimeout();

  // Out of descriptors it sleeps, goes on serving those who are there, and serves others when some have left.
  void IdlesWithoutDescriptors();

  // It takes all that came while it was busy, bytes of one client and new clients, though it is told only once.
  void DrainsWhatCameAtOnce();

  // A client that never stops sending keeps no other from being served.
  void StarvesNobody();
};

}  // namespace grader::checks
