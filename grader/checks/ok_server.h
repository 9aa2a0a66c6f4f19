// The contract that the servers of labs 12, 14, 15 and 16 share: each message that arrives is printed and answered OK.
//
//   class ForkServer : public OkServerCheck {
//     Protocol protocol() override { return OkProtocol({.program = "fork_server"}, 8888); }
//   };
//   OK_SERVER_CHECKS(ForkServer, Fork)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/checks/server_rules.h"

namespace grader::checks {

// Whether all the bytes stand in the text in their order, whatever else stands between them.
bool IsWithin(std::string_view bytes, std::string_view text);

Protocol OkProtocol(ServerOptions options, int default_port);

class OkServerCheck : public ServerRules {
 protected:
  virtual Protocol protocol() = 0;

  // The bodies of the checks that OK_SERVER_CHECKS registers.
  void AnswersEachMessage();
  void PrintsEachMessage();
  void TakesAnyBytes();
  void PrintsEveryByteOfABurst();
  void AnswersWhoHasNoMoreToSay();

  // A client that has said this, and was answered with exactly one OK to it.
  bool Exchange(Server& server, Client& client, std::string_view message);
  // Whether stdout holds these pieces, in this order, whatever stands between them.
  bool AwaitPrinted(Server& server, const std::vector<std::string>& pieces);
};

}  // namespace grader::checks

// What every such server is asked, also one that looks now and then whether somebody has come. suite names the checks;
// fixture is derived from OkServerCheck.
#define OK_SERVER_CHECKS_OF_A_POLLER(fixture, suite)                                                                   \
  LAB_CHECK_F(fixture, suite, AnswersEachMessage, .points = 2,                                                         \
              .hint = "recv up to 1,024 bytes, print them and flush, send OK; again, until recv returns 0.",           \
              .title = #suite " answers each message with OK") {                                                       \
    AnswersEachMessage();                                                                                              \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, PrintsEachMessage, .points = 1,                                                          \
              .hint = "stdout is a pipe here, so it is buffered: flush it.", .needs = {#suite ".AnswersEachMessage"},  \
              .title = #suite " prints each message once, as soon as it has come") {                                   \
    PrintsEachMessage();                                                                                               \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, TakesAnyBytes, .points = 1,                                                              \
              .hint = "A message is bytes, not text: it may hold a NUL, and need not be UTF-8.",                       \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " takes any bytes") {                           \
    TakesAnyBytes();                                                                                                   \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, PrintsEveryByteOfABurst, .points = 2,                                                    \
              .hint = "One recv returns what is there, up to its buffer's size; the rest comes with the next one.",    \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " prints every byte of a burst") {              \
    PrintsEveryByteOfABurst();                                                                                         \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, AnswersWhoHasNoMoreToSay, .points = 2,                                                   \
              .hint = "recv returns 0 at the end of file. What came before it is still answered; then close.",         \
              .needs = {#suite ".AnswersEachMessage"},                                                                 \
              .title = #suite " answers a client that has no more to say, and closes") {                               \
    AnswersWhoHasNoMoreToSay();                                                                                        \
  }                                                                                                                    \
  LAB_CHECK_F(                                                                                                         \
      fixture, suite, RefusesWrongArguments, .points = 1,                                                              \
      .hint = "Usage: one line to stderr, exit status 2. atoi takes 80x for 80: from_chars and strtol do not.",        \
      .title = #suite " refuses wrong arguments with the usage") {                                                     \
    RefusesWrongArguments(protocol());                                                                                 \
    if (!HasFailure()) RefusesWrongPorts(protocol());                                                                  \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, TellsThatThePortIsTaken, .points = 1,                                                    \
              .hint = "bind fails with EADDRINUSE; perror prints which call and why; exit status 1.",                  \
              .title = #suite " tells that its port is taken, and ends with 1") {                                      \
    TellsThatAPortIsTaken(protocol());                                                                                 \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, ListensOnItsDefaults, .points = 1, .hint = "Without arguments it uses the defaults.",    \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " listens on its defaults without arguments") { \
    ListensOnItsDefaults(protocol());                                                                                  \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, SaysWhereItListens, .points = 1,                                                         \
              .hint = "`listening on host:port`, flushed. With port 0 getsockname tells which one it became.",         \
              .title = #suite " says where it listens, also when the kernel chose the port") {                         \
    SaysWhereItListens(protocol());                                                                                    \
    if (!HasFailure()) ListensOnPortZero(protocol());                                                                  \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, StartsAnewOnTheSamePort, .points = 1,                                                    \
              .hint = "setsockopt with SO_REUSEADDR, before bind.", .needs = {#suite ".AnswersEachMessage"},           \
              .title = #suite " can be started anew on the same port") {                                               \
    StartsAnewOnTheSamePort(protocol());                                                                               \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, EndsOnSigterm, .points = 2,                                                              \
              .hint = "Handle SIGTERM, so that main returns 0. Children do not get the signal by themselves.",         \
              .needs = {#suite ".AnswersEachMessage"},                                                                 \
              .title = #suite " ends with 0 on SIGTERM, and its children too") {                                       \
    EndsWhenIdle(protocol());                                                                                          \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, EndsUnderTraffic, .points = 1,                                                           \
              .hint = "Clients that talk on and on must not keep the server from seeing SIGTERM.",                     \
              .needs = {#suite ".EndsOnSigterm"}, .title = #suite " ends with 0 on SIGTERM while clients talk on") {   \
    EndsUnderTraffic(protocol());                                                                                      \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, SurvivesClientsThatVanish, .points = 2,                                                  \
              .hint = "send to a client that has gone raises SIGPIPE: MSG_NOSIGNAL, or ignore it. recv may fail too.", \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " survives clients that vanish or reset") {     \
    SurvivesClientsThatVanish(protocol());                                                                             \
    if (!HasFailure()) SurvivesAnAnswerToNobody(protocol());                                                           \
  }

// The same of a server that may not look now and then whether somebody has come: it is woken.
#define OK_SERVER_CHECKS(fixture, suite)                                                                               \
  OK_SERVER_CHECKS_OF_A_POLLER(fixture, suite)                                                                         \
  LAB_CHECK_F(fixture, suite, KeepsNothingOfThoseWhoLeft, .points = 2,                                                 \
              .hint = "Close the socket of who has left; whatever serves a client ends with it.",                      \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " keeps nothing of 500 clients who left") {     \
    KeepsNothingOfThoseWhoLeft(protocol());                                                                            \
  }                                                                                                                    \
  LAB_CHECK_F(fixture, suite, SleepsWhileNothingHappens, .points = 2,                                                  \
              .hint = "Block until something happens: the kernel wakes you.", .needs = {#suite ".AnswersEachMessage"}, \
              .title = #suite " sleeps while nothing happens") {                                                       \
    CostsNothingWhileIdle(protocol());                                                                                 \
  }

// Besides, what a server is asked that serves its clients at the same time.
#define OK_SERVER_CHECKS_AT_ONCE(fixture, suite, crowd)                                                              \
  OK_SERVER_CHECKS(fixture, suite)                                                                                   \
  LAB_CHECK_F(fixture, suite, ServesACrowd, .points = 2,                                                             \
              .hint = "Every client is served while all the others are connected.",                                  \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " serves " #crowd " clients at once") {       \
    ServesManyAtOnce(protocol(), crowd);                                                                             \
  }                                                                                                                  \
  LAB_CHECK_F(fixture, suite, OneThatStallsDelaysNobody, .points = 2,                                                \
              .hint = "While one client is silent the server must not be blocked in a recv from it.",                \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " lets no stalled client delay the others") { \
    SurvivesClientsThatStall(protocol());                                                                            \
  }
