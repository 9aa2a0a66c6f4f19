// One client's conversation: commands and replies on the control connection, RFC 959 and RFC 2428 (EPSV).
#pragma once

#include <algorithm>
#include <cctype>
#include <map>
#include <vector>

#include "data_connection.h"
#include "folder.h"

namespace lab {

class Session {
 public:
  Session(Fd control, const Folder& folder) : control_(std::move(control)), folder_(folder) {}

  // Until the client quits or is gone.
  void Serve() try {
    Reply("220 ready");
    while (!finished_) {
      const auto line = ReadLine();
      if (!line) return;
      Obey(*line);
    }
  } catch (const ClientGone&) {
    return;
  }

 private:
  using Command = void (Session::*)(const std::string& argument);
  struct Entry {
    Command command;
    bool before_login;
  };

  void Obey(const std::string& line) {
    static const std::map<std::string, Entry> kCommands = {
        {"USER", {&Session::User, true}},  {"PASS", {&Session::Pass, true}},  {"QUIT", {&Session::Quit, true}},
        {"NOOP", {&Session::Noop, true}},  {"SYST", {&Session::Syst, true}},  {"FEAT", {&Session::Feat, true}},
        {"TYPE", {&Session::Type, false}}, {"PASV", {&Session::Pasv, false}}, {"EPSV", {&Session::Epsv, false}},
        {"NLST", {&Session::Nlst, false}}, {"LIST", {&Session::List, false}}, {"SIZE", {&Session::Size, false}},
        {"RETR", {&Session::Retr, false}}, {"STOR", {&Session::Stor, false}}};
    const auto blank = line.find(' ');
    std::string verb = line.substr(0, blank);
    for (char& letter : verb) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    const auto found = kCommands.find(verb);
    if (found == kCommands.end()) return Reply("502 command not implemented");
    if (!found->second.before_login && !logged_in_) return Reply("530 log in first");
    (this->*found->second.command)(blank == std::string::npos ? "" : line.substr(blank + 1));
  }

  void User(const std::string& name) {
    logged_in_ = false;
    user_known_ = name == "anonymous" || name == "ftp";
    Reply(user_known_ ? "331 any password will do" : "530 only anonymous and ftp may log in");
  }
  void Pass(const std::string&) {
    logged_in_ = user_known_;
    Reply(logged_in_ ? "230 logged in" : "503 USER comes first");
  }
  void Quit(const std::string&) {
    finished_ = true;
    Reply("221 goodbye");
  }
  void Noop(const std::string&) { Reply("200 nothing done"); }
  void Syst(const std::string&) { Reply("215 UNIX Type: L8"); }
  void Feat(const std::string&) { Reply("211-Features:\r\n EPSV\r\n PASV\r\n SIZE\r\n211 End"); }

  // Bytes are bytes, whatever the type: only the name of the type is looked at.
  void Type(const std::string& type) {
    const bool known =
        !type.empty() && (type.size() == 1 || type[1] == ' ') && std::string("AIL").find(type[0]) != std::string::npos;
    Reply(known ? "200 bytes stay as they are" : "504 TYPE A, I or L");
  }

  void Pasv(const std::string&) {
    passive_ = ListenBeside(control_.get());
    const sockaddr_in address = AddressOf(passive_);
    std::string host = inet_ntoa(address.sin_addr);
    std::replace(host.begin(), host.end(), '.', ',');
    const unsigned port = ntohs(address.sin_port);
    Reply("227 Entering Passive Mode (" + host + ',' + std::to_string(port / 256) + ',' + std::to_string(port % 256) +
          ')');
  }
  void Epsv(const std::string& protocol) {
    if (protocol == "ALL") return Reply("200 EPSV only");
    if (!protocol.empty() && protocol != "1") return Reply("522 use (1)");
    passive_ = ListenBeside(control_.get());
    Reply("229 Entering Extended Passive Mode (|||" + std::to_string(ntohs(AddressOf(passive_).sin_port)) + "|)");
  }

  void Nlst(const std::string&) { SendList(Folder::Style::kNames); }
  void List(const std::string&) { SendList(Folder::Style::kLong); }
  void SendList(Folder::Style style) {
    Transfer([&](DataConnection& data) { data.Send(folder_.List(style)); });
  }

  void Size(const std::string& argument) {
    const auto name = PlainName(argument);
    const auto file = name ? folder_.Open(*name) : std::nullopt;
    Reply(file ? "213 " + std::to_string(file->size) : "550 no such file");
  }

  void Retr(const std::string& argument) {
    const auto name = PlainName(argument);
    const auto file = name ? folder_.Open(*name) : std::nullopt;
    if (!file) return Reply("550 no such file");
    Transfer([&](DataConnection& data) {
      char buffer[65536];
      while (const ssize_t size = read(file->fd.get(), buffer, sizeof buffer)) {
        if (size == -1) Fail("read");
        data.Send({buffer, static_cast<std::size_t>(size)});
      }
    });
  }

  void Stor(const std::string& argument) {
    const auto name = PlainName(argument);
    if (!name || !folder_.MayReplace(*name)) return Reply("553 not a name for a file");
    std::unique_ptr<Upload> upload;
    Transfer(
        [&](DataConnection& data) {
          upload = folder_.Receive(*name);
          for (auto bytes = data.Receive(); !bytes.empty(); bytes = data.Receive()) upload->Write(bytes);
          data.ExpectControl();
        },
        [&] { upload->Commit(); });
  }

  // Runs body with the data connection, closes that, runs finish, and only then says that all is done.
  template <typename Body, typename Finish = void (*)()>
  void Transfer(
      Body body, Finish finish = [] {}) {
    if (!passive_) return Reply("425 PASV or EPSV comes first");
    Reply("150 transfer begins");
    try {
      {
        const Fd& listener = kept_.emplace_back(std::move(passive_));
        DataConnection data(listener, control_.get());
        body(data);
      }
      finish();
    } catch (const std::system_error& error) {
      const bool lost = error.code() == std::errc::connection_reset || error.code() == std::errc::broken_pipe;
      return Reply(lost ? "426 data connection lost" : "451 " + std::string(error.what()));
    }
    Reply("226 transfer complete");
  }

  // The next command; empty when the client has gone. One that is too long is answered and skipped.
  std::optional<std::string> ReadLine() {
    constexpr std::size_t kLongest = 4096;
    bool skipping = false;
    while (true) {
      if (auto line = TakeLine(received_)) {
        if (!skipping) return line;
        skipping = false;
        Reply("500 line too long");
        continue;
      }
      if (received_.size() > kLongest) {
        skipping = true;
        received_.clear();
      }
      char buffer[4096];
      const ssize_t size = recv(control_.get(), buffer, sizeof buffer, 0);
      if (size > 0) {
        received_.append(buffer, static_cast<std::size_t>(size));
      } else if (size == -1 && errno == EAGAIN) {
        WaitFor(control_.get(), POLLIN);
      } else {
        return std::nullopt;
      }
    }
  }

  void Reply(std::string text) {
    text += "\r\n";
    std::string_view rest = text;
    while (!rest.empty()) {
      const ssize_t sent = send(control_.get(), rest.data(), rest.size(), 0);
      if (sent >= 0) {
        rest.remove_prefix(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN) {
        WaitFor(control_.get(), POLLOUT);
      } else {
        throw ClientGone{};
      }
    }
  }

  Fd control_;
  const Folder& folder_;
  std::string received_;
  std::vector<Fd> kept_;
  Fd passive_;  // listens for the next transfer's data connection
  bool user_known_ = false;
  bool logged_in_ = false;
  bool finished_ = false;
};

}  // namespace lab
