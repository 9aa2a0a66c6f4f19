// The base of checks on servers. The server runs in a sandbox; its clients are the grader's. Nothing is judged by the
// time it takes: an answer that will never come is proved not to (grader/clients/clients.h).
//
//   LAB_CHECK_F(ServerCheck, Echo, Answers, .points = 3) {
//     auto server = Serve();
//     if (!server) return;
//     Client& client = server.Connect();
//     client.Say("hello");
//     if (!AwaitHeard(server, client, "OK")) return;
//     ExpectGoodEnd(Terminate(server));
//   }
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "grader/checks/lab_check.h"
#include "grader/checks/server.h"

namespace grader::checks {

struct ServerOptions {
  std::string program = {};             // of lab.toml; empty: the first
  std::vector<std::string> flags = {};  // before host and port: {"--et"}
  std::vector<std::string> more = {};   // after them: {"files"}
  std::string host = "127.0.0.1";
  int port = 0;         // 0: one of this run's own choice. The sandbox has a network of its own, so it is free
  RunOptions run = {};  // level, limits, files, environment, ...; program and args are filled in
};

class ServerCheck : public LabCheck {
 protected:
  std::vector<sandbox::Need> Isolation() const override { return {sandbox::Need::kOwnNetwork}; }

  // Starts a server and waits until it listens; otherwise the check has failed.
  Server Serve(ServerOptions options = {});

  // Starts the program with these arguments, as they are; clients will look for it at endpoint.
  Server Launch(const ServerOptions& options, std::vector<std::string> args, Endpoint endpoint);
  // Waits until it listens there, or elsewhere; then that is where the clients go.
  bool AwaitListening(Server& server);

  // Each of these waits for something. If it does not come the check has failed, and tells what was expected, how the
  // server ended or what it is doing, and what the clients said and heard; the server is stopped, and the check should
  // return.
  bool Await(Server& server, const std::string& expected, const std::function<bool()>& condition,
             const std::vector<const Client*>& about = {}, std::chrono::milliseconds patience = Clients::kPatience);
  bool AwaitConnected(Server& server, const Client& client);
  // The next that it hears begins with these bytes; they are taken.
  bool AwaitHeard(Server& server, Client& client, std::string_view bytes);
  // The server closes the connection to it.
  bool AwaitEnd(Server& server, const Client& client);
  // The server has done all that it will do about what the clients have done.
  bool Settle(Server& server);

  // Fails in the lab's own words. Stops the server; if it has ended by itself, that is told instead of what happened.
  void FailServer(Server& server, const std::string& expected, Problem problem,
                  const std::vector<const Client*>& about = {});

  // Ends it and tells all.
  observe::Observation Finish(Server& server);

  // Sends SIGTERM and waits for the end, at most for a second of fair time; beside is called again and again meanwhile,
  // for clients that go on talking. If it does not end it is stopped.
  observe::Observation Terminate(Server& server, const std::function<void()>& beside = {});

  // Whether the run ended in time with status 0, and with it its children.
  void ExpectGoodEnd(const observe::Observation& run);

  // A program that should end by itself, as after a usage error. One that goes to sleep for good instead is stopped.
  observe::Observation RunUntilAtRest(const ServerOptions& options, std::vector<std::string> args);

 private:
  void FailWaited(Server& server, const std::string& expected, Waited waited, const std::vector<const Client*>& about);
};

}  // namespace grader::checks
