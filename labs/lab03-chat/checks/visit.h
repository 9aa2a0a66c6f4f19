// A run of the student's client, whose server is the grader itself.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "grader/checks/vocabulary.h"
#include "grader/os/fd.h"
#include "grader/sandbox/spawner.h"

namespace grader::checks::lab03 {

// The grader's end. Nothing here ever waits.
class Visit {
 public:
  explicit Visit(std::uint16_t port) : port_(port) {}

  std::uint16_t port() const { return port_; }

  // Listens inside the sandbox, before the client starts.
  void Listen(sandbox::Sandbox& sandbox);

  // Accepts, sends and receives as much as can be now.
  void Act();

  void Say(std::string_view bytes) { unsent_ += bytes; }
  // Closes the connection when all is sent.
  void Close() { closing_ = true; }

  bool IsSending() const { return connected() && !unsent_.empty(); }
  bool connected() const { return static_cast<bool>(connection_); }
  const std::string& heard() const { return heard_; }
  bool heard_end() const { return heard_end_; }  // the client has shut down writing, or has gone

 private:
  void Receive();

  std::uint16_t port_;
  os::Fd listening_;
  os::Fd connection_;
  std::string unsent_;
  std::string heard_;
  bool heard_end_ = false;
  bool closing_ = false;
};

class ClientCheck : public LabCheck {
 protected:
  std::vector<sandbox::Need> Isolation() const override { return {sandbox::Need::kOwnNetwork}; }

  // Starts the client, and connects it. False: the check has failed.
  bool StartClient(observe::TraceLevel level = observe::TraceLevel::kLifecycle);

  Visit& visit() { return *visit_; }
  observe::Run& run() { return *run_; }

  // Waits for it; what the client has printed so far is handed over. If it does not come the check has failed, the
  // client is stopped, and the check should return.
  using Condition = std::function<bool(std::string_view printed)>;
  bool Await(const std::string& expected, const Condition& condition);
  // The client prints this line, whatever else; a prompt may stand before it.
  bool AwaitPrinted(const std::string& line);
  bool AwaitHeard(const std::string& bytes);
  // The server closes; the client ends by itself, with 0.
  void ExpectEndAfterClose();

 private:
  // Whether it came, while the client lived and patience lasted.
  bool WaitFor(const Condition& condition);

  std::unique_ptr<Visit> visit_;
  std::unique_ptr<observe::Run> run_;
};

}  // namespace grader::checks::lab03
