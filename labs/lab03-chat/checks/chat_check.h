// What the checks of the chat server share: clients with names, and what they hear.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grader/checks/server_vocabulary.h"

namespace grader::checks::lab03 {

using Lines = std::vector<std::string>;

// The whole lines of what was heard and not yet taken.
Lines UnreadLines(const Client& client);

// As a failure shows a line: what is long is shortened.
std::string Shown(std::string_view line);

class ChatCheck : public ServerRules {
 protected:
  ServerOptions ChatOptions() { return {.program = "chat_server"}; }
  // A room of its own: nobody is in it yet.
  Server ServeChat();
  Protocol ChatProtocol();

  // Says a line.
  static void Say(Client& client, std::string_view line) { client.Say(std::string(line) + "\n"); }

  // A new client that has got its name, which the others have heard; null if the check has failed. The lines about it
  // that the others hear are taken.
  Client* Enter(Server& server, const std::string& name);
  // So many, each with a fresh name; fewer if the check has failed.
  std::vector<Client*> EnterMany(Server& server, int count);
  const std::string& NameOf(const Client& client) const;

  // The next lines that it hears are exactly these, and nothing follows. They are taken. False: the check has failed.
  bool Hears(Server& server, Client& client, const Lines& lines);
  // OK. Every other line is a failure.
  bool HearsOk(Server& server, Client& client) { return Hears(server, client, {"OK"}); }
  // One line, ERR and a reason.
  bool HearsError(Server& server, Client& client, const std::string& why);

  std::string FreshName() { return random().Name(); }

 private:
  std::vector<std::pair<Client*, std::string>> names_;  // of the server that was started last
};

}  // namespace grader::checks::lab03
