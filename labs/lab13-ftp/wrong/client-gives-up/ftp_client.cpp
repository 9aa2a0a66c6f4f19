// ftp_client host port: list, get, put and quit, typed line by line (lab 13).
#include <csignal>
#include <iostream>

#include "connection.h"
#include "local_files.h"

namespace {

using lab::Connection;

void Print(const std::string& text) { std::cout << text << '\n'; }

// What the server has said no to. The conversation goes on.
struct Refusal {
  std::string reply;
};

void Expect(const std::string& reply, char kind) {
  if (!reply.starts_with(kind)) throw Refusal{reply};
}

// Asks for a data connection, then for what is to go over it.
lab::Fd BeginTransfer(Connection& server, const std::string& command) {
  const std::string passive = server.Ask("PASV");
  Expect(passive, '2');
  lab::Fd data = server.Connect(lab::PassivePort(passive));
  Expect(server.Ask(command), '1');
  return data;
}

// Takes what the server sends. The reply after it is always read, or it would be taken for that to the next command.
template <typename Take>
void Receive(Connection& server, const std::string& command, Take take) {
  const lab::Fd data = BeginTransfer(server, command);
  const bool whole = lab::ReceiveAll(data, take);
  const std::string reply = server.ReadReply();
  Expect(reply, '2');
  if (!whole) throw Refusal{"the connection broke, and the server says " + reply};
}

void List(Connection& server) {
  std::string text;
  Receive(server, "LIST", [&](std::string_view bytes) { text += bytes; });
  std::erase(text, '\r');
  std::cout << text;
}

void Get(Connection& server, const std::string& name) {
  lab::Download file(name.substr(name.rfind('/') + 1));
  Receive(server, "RETR " + name, [&](std::string_view bytes) { file.Write(bytes); });
  file.Commit();
  Print("got " + name);
}

void Put(Connection& server, const std::string& path) {
  const lab::Fd file = lab::OpenLocal(path);
  {
    const lab::Fd data = BeginTransfer(server, "STOR " + path.substr(path.rfind('/') + 1));
    lab::SendAll(data, file);
  }
  Expect(server.ReadReply(), '2');
  Print("put " + path);
}

// Obeys one line; false if it was the last.
bool Obey(Connection& server, const std::string& line) try {
  const auto blank = line.find(' ');
  const std::string verb = line.substr(0, blank);
  const std::string argument = blank == std::string::npos ? "" : line.substr(blank + 1);
  if (verb == "quit") return false;
  if (verb == "list") {
    List(server);
  } else if (verb == "get" && !argument.empty()) {
    Get(server, argument);
  } else if (verb == "put" && !argument.empty()) {
    Put(server, argument);
  } else if (!line.empty()) {
    Print("commands: list | get NAME | put FILE | quit");
  }
  return true;
} catch (const Refusal& refusal) {
  Print(refusal.reply);
  return false;
} catch (const std::system_error& error) {
  Print(error.what());
  return true;
}

void LogIn(Connection& server) {
  Expect(server.ReadReply(), '2');
  Expect(server.Ask("USER anonymous"), '3');
  Expect(server.Ask("PASS guest"), '2');
  Expect(server.Ask("TYPE I"), '2');
}

int Run(const std::string& host, std::uint16_t port) {
  std::signal(SIGPIPE, SIG_IGN);
  Connection server(host, port);
  LogIn(server);
  std::string line;
  do {
    std::cout << "ftp> " << std::flush;
  } while (std::getline(std::cin, line) && Obey(server, line));
  server.Ask("QUIT");
  return 0;
}

}  // namespace

int main(int argc, char* argv[]) {
  try {
    if (argc != 3) throw lab::UsageError{};
    return Run(argv[1], lab::ParsePort(argv[2]));
  } catch (const lab::UsageError&) {
    lab::PrintError("usage: ftp_client host port");
    return 2;
  } catch (const Refusal& refusal) {
    lab::PrintError("ftp_client: " + refusal.reply);
  } catch (const std::exception& error) {
    lab::PrintError(std::string("ftp_client: ") + error.what());
  }
  return 1;
}
