#include "ftp_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace grader::checks::lab13 {
namespace {

std::string CodesInWords(std::initializer_list<int> codes) { return fmt::format("{}", fmt::join(codes, " or ")); }

std::string Code(const std::string& command) { return clients::Quoted(command); }

}  // namespace

ServerOptions FtpCheck::ServerOf(Files files, std::function<void(WorkFolder&)> more) {
  ServerOptions options{.program = "ftp_server", .more = {"/work/files"}};
  options.run.prepare = [this, files = std::move(files), more = std::move(more)](sandbox::Sandbox& sandbox) {
    WorkFolder& work = work_.emplace(sandbox);
    work.PutFolder("files");
    for (const auto& [name, bytes] : files) work.PutFile("files/" + name, bytes);
    if (more) more(work);
  };
  return options;
}

bool FtpCheck::Begin(Files files, std::function<void(WorkFolder&)> more) {
  return BeginWith(ServerOf(std::move(files), std::move(more)));
}

bool FtpCheck::BeginWith(ServerOptions options) {
  server_.reset();
  server_.emplace(Serve(std::move(options)));
  return bool(*server_);
}

Protocol FtpCheck::FtpProtocol() {
  Protocol protocol;
  protocol.options = ServerOf({{"hello", "hello\n"}});
  protocol.default_host = "0.0.0.0";
  protocol.default_port = 2121;
  protocol.more = "NOOP\r\n";
  protocol.greeting = [](int) { return std::string("NOOP\r\n"); };
  protocol.answered = [](const Client& client) {
    const auto& heard = client.heard();
    return heard.starts_with("220") && heard.find("\r\n200") != std::string::npos && heard.ends_with('\n');
  };
  protocol.answer = "the greeting 220, and 200 to NOOP";
  return protocol;
}

Client* FtpCheck::Greet(const std::string& host) {
  Client& control = server().clients().ConnectTo({host, static_cast<std::uint16_t>(server().port())});
  if (!AwaitConnected(server(), control)) return nullptr;
  const auto reply = AwaitReply(control, "");
  if (!reply) return nullptr;
  if (reply->code == 220) return &control;
  FailServer(server(), "the greeting of a new client begins with 220", {"it was `" + reply->text() + '`', {}, {}});
  return nullptr;
}

Client* FtpCheck::LogIn(const std::string& host) {
  Client* const control = Greet(host);
  if (control == nullptr || !Expect(*control, "USER anonymous", {331})) return nullptr;
  return Expect(*control, "PASS guest@", {230}) ? control : nullptr;
}

std::optional<Reply> FtpCheck::Ask(Client& control, const std::string& command) {
  control.Say(command + "\r\n");
  return AwaitReply(control, command);
}

std::optional<Reply> FtpCheck::AwaitReply(Client& control, const std::string& command) {
  const std::string to = command.empty() ? "to a new client" : "to " + Code(command);
  if (!Await(server(), "a reply " + to, [&] { return HasReply(control); }, {&control})) return std::nullopt;
  return TakeReply(control);
}

bool FtpCheck::Expect(Client& control, const std::string& command, std::initializer_list<int> codes) {
  const auto reply = Ask(control, command);
  if (!reply) return false;
  if (std::ranges::find(codes, reply->code) != codes.end()) return true;
  FailServer(server(), fmt::format("the reply to {} is {}", Code(command), CodesInWords(codes)),
             {"it was `" + reply->text() + '`', {}, {}});
  return false;
}

Client* FtpCheck::OpenData(Client& control, Passive how, clients::ConnectOptions options) {
  const std::string command = how == Passive::kPasv ? "PASV" : "EPSV";
  const auto reply = Ask(control, command);
  if (!reply) return nullptr;
  const auto announced = ReadAnnounced(*reply);
  if (!announced || announced->host.empty() != (how == Passive::kEpsv)) {
    const std::string form = how == Passive::kPasv ? "227 Entering Passive Mode (h1,h2,h3,h4,p1,p2)"
                                                   : "229 Entering Extended Passive Mode (|||port|)";
    FailServer(server(), fmt::format("the reply to {} has the form `{}`", command, form),
               {"it was `" + reply->text() + '`', {}, {}});
    return nullptr;
  }
  const std::string host = announced->host.empty() ? "127.0.0.1" : announced->host;
  Client& data = server().clients().ConnectTo({host, announced->port}, options);
  if (data.connected()) return &data;
  FailServer(server(), fmt::format("somebody listens where the reply to {} says", command),
             {fmt::format("{}:{} took no connection", host, announced->port), {"`" + reply->text() + '`'}, {}});
  return nullptr;
}

bool FtpCheck::BeginTransfer(Client& control, const std::string& command) {
  const auto reply = Ask(control, command);
  if (!reply) return false;
  if (reply->code / 100 == 1) return true;
  FailServer(server(), fmt::format("the reply to {} is 150, and the transfer begins", Code(command)),
             {"it was `" + reply->text() + '`', {}, {}});
  return false;
}

bool FtpCheck::AwaitData(Client& control, Client& data, const std::string& command) {
  const std::string expected = fmt::format("the server closes the data connection of {}", Code(command));
  if (!Await(server(), expected, [&] { return data.ended(); }, {&control, &data})) return false;
  if (!data.reset()) return true;
  FailServer(server(), expected,
             {"it was reset",
              {"a reset may throw away bytes that are still under way"},
              {},
              "close() of a socket from which something is still unread makes a reset of it."});
  return false;
}

bool FtpCheck::AwaitComplete(Client& control, Client& data, const std::string& command) {
  if (!AwaitData(control, data, command)) return false;
  const auto reply = AwaitReply(control, command);
  if (!reply) return false;
  if (reply->code == 226) return true;
  FailServer(server(), fmt::format("226 when {} is done", Code(command)), {"it was `" + reply->text() + '`', {}, {}});
  return false;
}

std::optional<std::string> FtpCheck::Fetch(Client& control, const std::string& command, Passive how) {
  Client* const data = OpenData(control, how);
  if (data == nullptr || !BeginTransfer(control, command)) return std::nullopt;
  if (!AwaitComplete(control, *data, command)) return std::nullopt;
  return data->TakeAll();
}

bool FtpCheck::Store(Client& control, const std::string& name, std::string_view bytes, Passive how) {
  const std::string command = "STOR " + name;
  Client* const data = OpenData(control, how);
  if (data == nullptr || !BeginTransfer(control, command)) return false;
  data->Say(bytes);
  data->HalfClose();
  return AwaitComplete(control, *data, command);
}

bool FtpCheck::Same(const std::string& what, std::string_view expected, std::string_view happened) {
  if (expected == happened) return true;
  const auto differ = std::ranges::mismatch(expected, happened).in1 - expected.begin();
  std::vector<std::string> facts;
  if (expected.size() != happened.size()) {
    facts.push_back(fmt::format("{} bytes came of {}", happened.size(), expected.size()));
  }
  const auto at = static_cast<std::size_t>(differ);
  facts.push_back(fmt::format("byte {} is the first that differs", at + 1));
  if (at < expected.size()) facts.push_back("it should be " + clients::Quoted(std::string(expected.substr(at, 16))));
  if (at < happened.size()) facts.push_back("it is " + clients::Quoted(std::string(happened.substr(at, 16))));
  FailServer(server(), what + " is exact to the byte", {"it is not the same", std::move(facts), {}});
  return false;
}

bool FtpCheck::HasFile(const std::string& name, std::string_view bytes) {
  const auto content = work().Read("files/" + name);
  if (content) return Same("the file " + Code(name) + " in the served folder", bytes, *content);
  FailServer(server(), fmt::format("the file {} is in the served folder", Code(name)), {"there is none", {}, {}});
  return false;
}

bool FtpCheck::HasOnly(const std::set<std::string>& names, const std::string& when) {
  // A server may answer first and clear up then.
  if (!Settle(server())) return false;
  std::vector<std::string> more;
  std::ranges::set_difference(work().Names("files"), names, std::back_inserter(more));
  if (more.empty()) return true;
  FailServer(server(), fmt::format("no new file and no temporary one is in the served folder {}", when),
             {fmt::format("there is {}", fmt::join(more, ", ")), {}, {}});
  return false;
}

std::string FtpCheck::RandomBytes(std::size_t size) {
  std::mt19937_64 engine(static_cast<std::uint64_t>(random().Integer(0, 1'000'000'000)));
  std::string bytes(size + 8, '\0');
  for (std::size_t i = 0; i < size; i += 8) {
    const std::uint64_t number = engine();
    std::copy_n(reinterpret_cast<const char*>(&number), 8, bytes.begin() + static_cast<std::ptrdiff_t>(i));
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace grader::checks::lab13
