// What the contract asks of every server of the course, whatever it serves. Each function is the body of a check.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "grader/checks/server_check.h"

namespace grader::checks {

// How a lab's server is spoken to.
struct Protocol {
  ServerOptions options = {};
  std::string default_host = "0.0.0.0";
  int default_port = 8888;

  // What a client says first, by its number, and whether it has got its answer to that.
  std::function<std::string(int)> greeting = {};
  std::function<bool(const Client&)> answered = {};
  std::string answer = {};  // in words: "the answer OK"

  // What a client that has been greeted may say again and again.
  std::string more = {};

  // It serves its clients one after the other: who stalls keeps the others waiting, and may.
  bool one_by_one = false;
};

class ServerRules : public ServerCheck {
 protected:
  // One greeting and its answer, by a new client; null if the check has failed.
  Client* Greet(Server& server, const Protocol& protocol);

  // How it starts.
  void RefusesWrongArguments(const Protocol& protocol);
  void RefusesWrongPorts(const Protocol& protocol);
  void TellsThatAPortIsTaken(const Protocol& protocol);
  void ListensOnItsDefaults(const Protocol& protocol);
  void ListensOnPortZero(const Protocol& protocol);
  void SaysWhereItListens(const Protocol& protocol);
  void StartsAnewOnTheSamePort(const Protocol& protocol);

  // How it ends.
  void EndsWhenIdle(const Protocol& protocol);
  void EndsUnderTraffic(const Protocol& protocol);

  // How it lives.
  // Of a server that prints what it gets: a client is gone for good at the moment at which it is answered.
  void SurvivesAnAnswerToNobody(const Protocol& protocol);
  void SurvivesClientsThatVanish(const Protocol& protocol);
  void SurvivesClientsThatStall(const Protocol& protocol);
  void ServesManyAtOnce(const Protocol& protocol, int clients);
  void KeepsNothingOfThoseWhoLeft(const Protocol& protocol, int clients = 500);
  void LeavesNoZombies(const Protocol& protocol);
  void CostsNothingWhileIdle(const Protocol& protocol);

  // No two of its threads touch the same memory without an order between them. Says nothing against a server without
  // threads, or one in Python. talk makes clients act so that each kind of work is done by two threads at once; what it
  // waits for in vain is another check's affair. By default three clients greet, say more, and leave.
  void HasNoDataRaces(const Protocol& protocol, const std::function<void(Server&)>& talk = {});

  // Whether every client of these gets its answer to what it said last.
  bool AwaitAnswers(Server& server, const Protocol& protocol, const std::vector<Client*>& clients);

 private:
  bool ServesInThreads(const Protocol& protocol);
  observe::Observation WatchForRaces(const ServerOptions& options, const std::function<void(Server&)>& talk);
  void FailAsDeaf(const observe::Observation& run);
  bool ListensOn(Server& server, int port);
  void MeetBadClients(Server& server, const Protocol& protocol);
};

}  // namespace grader::checks
