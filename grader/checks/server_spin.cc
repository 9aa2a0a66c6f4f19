#include "grader/checks/server_spin.h"

#include <algorithm>

namespace grader::checks {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// So long no right server computes without a byte for anybody, since the largest things asked for go piece by piece. It
// is processor time, which passes slowly on a busy machine.
constexpr milliseconds kLongestThought{1500};

}  // namespace

WorkMeter::Reading WorkMeter::Read() {
  Reading reading;
  server_.run().WaitUntil([&](const observe::Progress& now) {
    reading.cpu_time = now.cpu_time;
    return true;
  });
  for (const auto& client : server_.clients().all()) reading.moved += client->heard().size() - client->unsent();
  return reading;
}

microseconds WorkMeter::InVain() {
  const Reading now = Read();
  if (now.moved != start_.moved) start_ = now;
  return now.cpu_time - start_.cpu_time;
}

Waited WaitUnlessItSpins(Server& server, milliseconds patience, const std::function<Waited(milliseconds)>& attempt) {
  constexpr milliseconds kBetweenLooks{500};
  WorkMeter meter(server);
  for (;;) {
    const milliseconds most = std::min(patience, kBetweenLooks);
    const Waited waited = attempt(most);
    patience -= most;
    if (waited != Waited::kPatience || patience <= milliseconds(0) || meter.InVain() >= kLongestThought) return waited;
  }
}

std::optional<Problem> ProblemOfSpinning(Server& server) {
  constexpr milliseconds kMost{2000};
  constexpr milliseconds kMuch{100};  // who sleeps with a time-out needs a few
  WorkMeter meter(server);
  const auto spins = [&] { return meter.InVain() >= kMuch; };
  if (server.clients().WaitUntil(spins, kMost) != Waited::kMet) return std::nullopt;
  return Problem{"the server spins: it keeps a processor busy without end, although no client says or hears anything",
                 {},
                 {},
                 "A call that returns at once, again and again, keeps the processor busy. Which of your descriptors is "
                 "always ready, or which call fails and is repeated without waiting?"};
}

}  // namespace grader::checks
