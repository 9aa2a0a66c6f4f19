#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grader/clients/clients.h"
#include "grader/observe/run.h"

namespace grader::checks {

using clients::Client;
using clients::Clients;
using clients::ConnectOptions;
using clients::Endpoint;
using clients::Waited;

// A server of the submission that runs, and its clients. Move-only. Destruction kills it.
class Server {
 public:
  Server(std::unique_ptr<observe::Run> run, Endpoint endpoint)
      : run_(std::move(run)), clients_(std::make_unique<Clients>(*run_, std::move(endpoint))) {}

  // Whether it listens. If not, the check has failed already, and should return.
  explicit operator bool() const { return listening_; }
  void set_listening() { listening_ = true; }

  Clients& clients() { return *clients_; }
  observe::Run& run() { return *run_; }
  int port() const { return clients_->server().port; }

  Client& Connect(ConnectOptions options = {}) { return clients_->Connect(options); }
  std::vector<Client*> ConnectMany(int count) { return clients_->ConnectMany(count); }

  // Its stdout so far.
  std::string Out();

 private:
  std::unique_ptr<observe::Run> run_;
  std::unique_ptr<Clients> clients_;
  bool listening_ = false;
};

}  // namespace grader::checks
