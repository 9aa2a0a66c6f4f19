// Speaking FTP with the server under test: what all checks of lab 13 share.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grader/checks/server_vocabulary.h"
#include "grader/checks/work_folder.h"

namespace grader::checks::lab13 {

using clients::Client;
using Files = std::map<std::string, std::string>;  // bytes by name

// A reply of the server: RFC 959, 4.2.
struct Reply {
  int code = 0;
  std::vector<std::string> lines;

  std::string text() const { return lines.empty() ? "" : lines.back(); }
};

// Takes a whole reply, of one or more lines, off what a client has heard; none while it is not whole.
std::optional<Reply> TakeReply(Client& control);

// Whether a whole reply is there.
bool HasReply(const Client& control);

// The port that a reply to PASV or EPSV announces, and PASV's address; none if the reply does not have the form.
struct Announced {
  std::string host;  // empty for EPSV
  std::uint16_t port = 0;
};
std::optional<Announced> ReadAnnounced(const Reply& reply);

// Lines that end in CRLF; none if any of them does not.
std::optional<std::vector<std::string>> SplitCrlf(const std::string& text);

// 227 is the reply code of PASV, 229 that of EPSV.
enum class Passive { kPasv, kEpsv };

// Functions that return false, nullptr or nothing have failed the check already: return then.
class FtpCheck : public ServerRules {
 protected:
  // How the server is started: on 127.0.0.1, serving /work/files with these, and what `more` adds.
  ServerOptions ServerOf(Files files, std::function<void(WorkFolder&)> more = {});

  // Starts the server of this check.
  bool Begin(Files files = {}, std::function<void(WorkFolder&)> more = {});
  bool BeginWith(ServerOptions options);
  Server& server() { return *server_; }

  // Of the last server that was started with ServerOf(): files is "files".
  const WorkFolder& work() const { return work_.value(); }

  // How this lab's server is spoken to, for the rules of all servers.
  Protocol FtpProtocol();

  // A client that has heard the greeting; one that is logged in.
  Client* Greet(const std::string& host = "127.0.0.1");
  Client* LogIn(const std::string& host = "127.0.0.1");

  // Says the command and waits for a reply. Expect() also wants one of these codes.
  std::optional<Reply> Ask(Client& control, const std::string& command);
  std::optional<Reply> AwaitReply(Client& control, const std::string& command);
  bool Expect(Client& control, const std::string& command, std::initializer_list<int> codes);

  // A data connection, made as the client is told to.
  Client* OpenData(Client& control, Passive how = Passive::kPasv, clients::ConnectOptions options = {});

  // The first reply to a command that transfers: whether it has begun (1xx); anything else fails the check.
  bool BeginTransfer(Client& control, const std::string& command);

  // What comes over a data connection for RETR, NLST or LIST: 150, the bytes, the end, 226.
  std::optional<std::string> Fetch(Client& control, const std::string& command, Passive how = Passive::kPasv);

  // STOR of bytes, until 226.
  bool Store(Client& control, const std::string& name, std::string_view bytes, Passive how = Passive::kPasv);

  // A transfer's end: the data connection is closed, and 226 has come.
  bool AwaitComplete(Client& control, Client& data, const std::string& command);

  // Compares without printing megabytes.
  bool Same(const std::string& what, std::string_view expected, std::string_view happened);

  // The file on the server's disk, as it is now; compared.
  bool HasFile(const std::string& name, std::string_view bytes);

  // Nothing is in the served folder but these.
  bool HasOnly(const std::set<std::string>& names, const std::string& when);

  std::string RandomBytes(std::size_t size);

 private:
  bool AwaitData(Client& control, Client& data, const std::string& command);

  std::optional<Server> server_;
  std::optional<WorkFolder> work_;
};

}  // namespace grader::checks::lab13
