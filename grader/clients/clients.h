// Many clients of one server in a sandbox, driven by one thread.
//
//   check ── Connect, Say, HalfClose, … ──▶ Client ─┐
//     │                                             ├─ epoll ── sockets made inside the sandbox's network ──▶ server
//     └──── WaitUntil, Settle ──▶ Clients ──────────┘                                                          │
//                                   └──────────── is anybody awake? is anything under way? ◀── observe::Run ───┘
//
// Nothing here waits for time to pass. An expectation that is not met ends by proof: all tasks of the run sleep with no
// time-out, nothing of the network is under way, and the clients have read all they will. The grader's sockets are what
// could wake the server, and they are ours. Fair time is the last resort, against those who wait with time-outs.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "grader/clients/client.h"
#include "grader/observe/run.h"

namespace grader::clients {

enum class Waited {
  kMet,       // the condition is true
  kNever,     // proved: it never will be, unless a client or the grader does something
  kPatience,  // not within that much fair time
  kEnded,     // the run's program has ended, and all that came of it was heard. Of clients that have not heard the end
           // themselves, as when its children live on, or the kernel forgot them in a full backlog, a second is waited
};

// Used by one thread, which also is the only one to ask the run for rest.
class Clients {
 public:
  // The run must outlive this. Throws std::system_error.
  Clients(observe::Run& run, Endpoint server);
  ~Clients();
  Clients(const Clients&) = delete;
  Clients& operator=(const Clients&) = delete;

  const Endpoint& server() const { return server_; }
  // Where those that connect from now on go to.
  void Aim(Endpoint server) { server_ = std::move(server); }
  observe::Run& run() { return run_; }

  // A new client, connected or refused; still connecting if that proved to be impossible now. It lives as long as this.
  Client& Connect(ConnectOptions options = {}) { return ConnectTo(server_, options); }
  Client& ConnectTo(const Endpoint& endpoint, ConnectOptions options = {});
  // Begins to connect and does not wait.
  Client& BeginToConnect(const Endpoint& endpoint, ConnectOptions options = {});
  // Many at once. The next begins when few wait to be accepted, so that no backlog overflows, however short.
  std::vector<Client*> ConnectMany(int count, ConnectOptions options = {});

  const std::vector<std::unique_ptr<Client>>& all() const { return clients_; }
  void CloseAll();

  static constexpr std::chrono::milliseconds kPatience{5000};

  // Moves bytes until the condition is true, or waiting for it is vain. The condition is asked after each event.
  Waited WaitUntil(const std::function<bool()>& condition, std::chrono::milliseconds patience = kPatience);

  // Until all tasks of the run sleep, with time-outs or without, and nothing is under way: the server has done all that
  // it does about what the clients have done so far. kMet, kEnded, or kPatience if somebody goes on computing.
  Waited Settle(std::chrono::milliseconds patience = kPatience);

  // Whether the last Settle() that was kMet found everybody asleep without any time-out: then nobody wakes by himself.
  bool settled_for_good() const { return rest_ == observe::Rest::kStill; }

  // Until somebody listens on the server's port.
  Waited AwaitListening();
  // On which ports somebody listens now.
  std::vector<std::uint16_t> ListeningPorts();
  // How many connections to the server's port wait to be accepted.
  std::uint32_t WaitingToBeAccepted();

  // Moves what can be moved, waiting at most that long for an event. Whether anything happened.
  bool Pump(std::chrono::milliseconds most);

  // Asked beside the own events by whoever drives further descriptors, as curl's are.
  using Pumped = std::function<bool()>;
  Waited WaitUntil(const std::function<bool()>& condition, std::chrono::milliseconds patience, const Pumped& beside);

 private:
  enum class Calm { kNo, kTimed, kStill };
  // Fair time in which also we were there to see what happened: from one look to the next little is counted, so that a
  // machine that stops the clients for long uses up no patience.
  class Patience {
   public:
    Patience(Clients& clients, std::chrono::microseconds most)
        : clients_(clients), left_(most), last_(clients.FairTime()) {}
    bool IsOver();

   private:
    Clients& clients_;
    std::chrono::microseconds left_;
    std::chrono::microseconds last_;
  };
  Calm LookForCalm(const Pumped& beside);
  void UpdateInterests();
  bool HasEnded();
  bool MoreComes(int pauses) const;
  std::chrono::microseconds FairTime();

  observe::Run& run_;
  Endpoint server_;
  os::Fd epoll_;
  std::vector<std::unique_ptr<Client>> clients_;
  observe::Rest rest_ = observe::Rest::kMoving;
};

}  // namespace grader::clients
