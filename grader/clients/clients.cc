#include "grader/clients/clients.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#include "grader/clients/under_way.h"

namespace grader::clients {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// Most waits are short: at first the processor is only offered to the server, and then pauses grow. Looks at the whole
// run are dear, so they begin when nothing has happened for a while.
constexpr int kYields = 3;
constexpr milliseconds kFirstPause{1};
constexpr milliseconds kFirstLook{4};
constexpr milliseconds kLongestPause{16};

// A connection that overflowed a backlog never hears that the server died, so all others are waited for that long only.
constexpr int kPausesAfterTheEnd = 64;

bool NobodyBeside() { return false; }

// None if everything in the run is dead.
os::Fd SocketInside(observe::Run& run, int domain) {
  try {
    return run.Socket(domain, SOCK_STREAM);
  } catch (const std::system_error& error) {
    const int gone = error.code().value();
    if (gone == ESRCH || gone == EPIPE || gone == ECONNRESET) return {};
    throw;
  }
}

}  // namespace

Clients::Clients(observe::Run& run, Endpoint server)
    : run_(run), server_(std::move(server)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  if (!epoll_) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

Clients::~Clients() = default;

Client& Clients::BeginToConnect(const Endpoint& endpoint, ConnectOptions options) {
  os::Fd socket = SocketInside(run_, AddressOf(endpoint).family());
  const int number = static_cast<int>(clients_.size()) + 1;
  clients_.push_back(std::make_unique<Client>(std::move(socket), endpoint, number, options));
  return *clients_.back();
}

Client& Clients::ConnectTo(const Endpoint& endpoint, ConnectOptions options) {
  Client& client = BeginToConnect(endpoint, options);
  WaitUntil([&] { return !client.connecting(); });
  return client;
}

std::vector<Client*> Clients::ConnectMany(int count, ConnectOptions options) {
  constexpr std::uint32_t kFew = 1;  // a backlog may be as short
  std::vector<Client*> clients;
  for (int i = 0; i < count; ++i) {
    clients.push_back(&ConnectTo(server_, options));
    if (clients.back()->refused() || clients.back()->connecting()) break;
    if (WaitingToBeAccepted() >= kFew) WaitUntil([&] { return WaitingToBeAccepted() < kFew; });
  }
  return clients;
}

void Clients::CloseAll() {
  for (const auto& client : clients_) client->Close();
}

bool Clients::Pump(milliseconds most) {
  UpdateInterests();
  std::array<epoll_event, 256> events;
  const int count = epoll_wait(epoll_.get(), events.data(), events.size(), static_cast<int>(most.count()));
  bool happened = false;
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events.at(static_cast<std::size_t>(i));
    happened |= static_cast<Client*>(event.data.ptr)->Act(event.events);
  }
  return happened;
}

// A descriptor that is closed leaves the set by itself (epoll(7)).
void Clients::UpdateInterests() {
  for (const auto& client : clients_) {
    const std::uint32_t interest = client->Interest();
    if (interest == client->watched_) continue;
    const bool was_watched = std::exchange(client->watched_, interest) != 0;
    if (client->fd() < 0) continue;
    epoll_event event{};
    event.events = interest;
    event.data.ptr = client.get();
    const int operation = interest == 0 ? EPOLL_CTL_DEL : was_watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    if (epoll_ctl(epoll_.get(), operation, client->fd(), &event) != 0) {
      throw std::system_error(errno, std::generic_category(), "epoll_ctl");
    }
  }
}

bool Clients::HasEnded() {
  bool ended = false;
  run_.WaitUntil([&](const observe::Progress& now) {
    ended = now.ended || now.program_gone;
    return true;
  });
  return ended;
}

// Asked after the end of the run, and when nothing came in the last pause of so many. The kernel delivers what the dead
// sent, and then the end of each connection (RFC 9293, 3.6), but not always before we hear of their death.
bool Clients::MoreComes(int pauses) const {
  return pauses < kPausesAfterTheEnd &&
         std::ranges::any_of(clients_, [](const auto& client) { return client->listens(); });
}

microseconds Clients::FairTime() {
  microseconds time{0};
  run_.WaitUntil([&](const observe::Progress& now) {
    time = now.fair_time;
    return true;
  });
  return time;
}

bool Clients::Patience::IsOver() {
  constexpr microseconds kMostBetweenLooks{50'000};
  const microseconds now = clients_.FairTime();
  left_ -= std::min(now - std::exchange(last_, now), kMostBetweenLooks);
  return left_ < microseconds(0);
}

// Calm if between two looks at the run nobody ran, in between nothing was under way, and then nothing had come: whoever
// could change that acts only on us. The first look of each call begins anew, as the clients may have acted since.
Clients::Calm Clients::LookForCalm(const Pumped& beside) {
  static_cast<void>(run_.LookForRest());
  if (AnythingUnderWay(run_.SocketTable())) return Calm::kNo;
  rest_ = run_.LookForRest();
  if (rest_ == observe::Rest::kMoving || Pump(milliseconds(0)) || beside()) return Calm::kNo;
  return rest_ == observe::Rest::kStill ? Calm::kStill : Calm::kTimed;
}

Waited Clients::WaitUntil(const std::function<bool()>& condition, milliseconds patience) {
  return WaitUntil(condition, patience, NobodyBeside);
}

Waited Clients::WaitUntil(const std::function<bool()>& condition, milliseconds patience, const Pumped& beside) {
  Patience waited(*this, patience);
  milliseconds pause{0};
  int yields = 0;
  int pauses_after_the_end = 0;
  for (;;) {
    const bool ended = HasEnded();
    const bool happened = static_cast<int>(Pump(pause)) + static_cast<int>(beside()) > 0;
    if (condition()) return Waited::kMet;
    if (ended && !happened && !MoreComes(pauses_after_the_end++)) return Waited::kEnded;
    if (waited.IsOver()) return Waited::kPatience;
    if (happened || ++yields <= kYields) {
      if (!happened) std::this_thread::yield();
      pause = milliseconds(0);
      continue;
    }
    pause = std::clamp(2 * pause, kFirstPause, kLongestPause);
    if (!ended && pause > kFirstLook && LookForCalm(beside) == Calm::kStill) {
      if (condition()) return Waited::kMet;
      if (!HasEnded()) return Waited::kNever;
    }
  }
}

Waited Clients::Settle(milliseconds patience) {
  Patience waited(*this, patience);
  milliseconds pause{0};
  int pauses_after_the_end = 0;
  for (;;) {
    const bool ended = HasEnded();
    const bool happened = Pump(pause);
    if (ended && !happened && !MoreComes(pauses_after_the_end++)) return Waited::kEnded;
    if (waited.IsOver()) return Waited::kPatience;
    if (happened) {
      pause = milliseconds(0);
      continue;
    }
    if (!ended && LookForCalm(NobodyBeside) != Calm::kNo) return HasEnded() ? Waited::kEnded : Waited::kMet;
    pause = std::clamp(2 * pause, kFirstPause, kLongestPause);
  }
}

std::vector<std::uint16_t> Clients::ListeningPorts() {
  std::vector<std::uint16_t> ports;
  for (const auto& socket : run_.ListeningSockets()) ports.push_back(socket.port());
  return ports;
}

std::uint32_t Clients::WaitingToBeAccepted() {
  std::uint32_t waiting = 0;
  for (const auto& socket : run_.ListeningSockets()) {
    if (socket.port() == server_.port) waiting += socket.unread;
  }
  return waiting;
}

Waited Clients::AwaitListening() {
  return WaitUntil([this] { return std::ranges::count(ListeningPorts(), server_.port) > 0; });
}

}  // namespace grader::clients
