#include "model_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace grader::checks::lab13 {
namespace {

void ThrowUnless(bool done, const char* call) {
  if (!done) throw std::system_error(errno, std::generic_category(), call);
}

// Its port is the kernel's choice if it is 0, and told.
os::Fd ListenOn(sandbox::Sandbox& sandbox, std::uint16_t& port) {
  os::Fd listener = sandbox.Socket(AF_INET, SOCK_STREAM);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  ThrowUnless(bind(listener.get(), any, size) == 0, "bind");
  ThrowUnless(listen(listener.get(), 8) == 0, "listen");
  ThrowUnless(getsockname(listener.get(), any, &size) == 0, "getsockname");
  port = ntohs(address.sin_port);
  return listener;
}

// The last close of it will be a reset.
void MakeReset(const os::Fd& socket) {
  const linger at_once{1, 0};
  ThrowUnless(setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0, "setsockopt");
}

}  // namespace

ModelServer::ModelServer(std::map<std::string, std::string> files, std::map<std::string, Fate> fates)
    : files_(std::move(files)), fates_(std::move(fates)) {}

ModelServer::~ModelServer() {
  stop_.Notify();
  if (thread_.joinable()) thread_.join();
}

void ModelServer::Listen(sandbox::Sandbox& sandbox, std::uint16_t port) {
  listener_ = ListenOn(sandbox, port);
  data_listener_ = ListenOn(sandbox, data_port_);
  thread_ = std::thread(&ModelServer::Main, this);
}

std::vector<std::string> ModelServer::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}

std::map<std::string, std::string> ModelServer::uploads() const {
  const std::lock_guard lock(mutex_);
  return uploads_;
}

void ModelServer::Main() {
  try {
    while (true) {
      control_ = Accept(listener_);
      received_.clear();
      try {
        Serve();
      } catch (const Gone&) {
        idle_ = false;
      }
      control_ = {};
    }
  } catch (const Over&) {
    idle_ = false;
  } catch (const std::system_error&) {
    idle_ = false;  // the sandbox is gone
  }
}

void ModelServer::Serve() {
  Reply("220-This server speaks in several lines,\r\n 220 is not the end of them,\r\n220 but this is");
  std::string verb;
  while (verb != "QUIT") {
    const std::string line = ReadLine();
    {
      const std::lock_guard lock(mutex_);
      commands_.push_back(line);
    }
    verb = line.substr(0, line.find(' '));
    Obey(line);
    idle_ = verb != "USER" && verb != "QUIT";
  }
}

void ModelServer::Obey(const std::string& line) {
  const auto blank = line.find(' ');
  const std::string verb = line.substr(0, blank);
  const std::string argument = blank == std::string::npos ? "" : line.substr(blank + 1);
  if (verb == "USER") return Reply("331-Any password\r\n331 will do");
  if (verb == "PASS") return Reply("230 logged in");
  if (verb == "TYPE" || verb == "NOOP") return Reply("200 very well");
  if (verb == "SYST") return Reply("215 UNIX Type: L8");
  if (verb == "FEAT") return Reply("211-Features:\r\n SIZE\r\n EPSV\r\n211 End");
  if (verb == "QUIT") return Reply("221 goodbye");
  if (verb == "PASV" || verb == "EPSV") return Passive(verb == "EPSV");
  if (verb == "NLST" || verb == "LIST") return List(verb == "NLST");
  if (verb == "RETR") return Retr(argument);
  if (verb == "STOR") return Stor(argument);
  if (verb == "SIZE" && files_.contains(argument)) return Reply("213 " + std::to_string(files_.at(argument).size()));
  Reply(verb == "SIZE" ? "550 no such file" : "502 not here");
}

void ModelServer::Passive(bool extended) {
  pollfd waiting{data_listener_.get(), POLLIN, 0};
  while (poll(&waiting, 1, 0) == 1) Accept(data_listener_);  // of transfers that were refused
  if (extended) return Reply("229 Entering Extended Passive Mode (|||" + std::to_string(data_port_) + "|)");
  Reply("227 Entering Passive Mode (127,0,0,1," + std::to_string(data_port_ / 256) + ',' +
        std::to_string(data_port_ % 256) + ").");
}

void ModelServer::List(bool names_only) {
  Reply("150 the list");
  {
    const os::Fd data = Accept(data_listener_);
    for (const auto& [name, bytes] : files_) {
      const std::string details = "-rw-r--r-- 1 ftp ftp " + std::to_string(bytes.size()) + " Jan  1 10:00 ";
      Send(data, (names_only ? "" : details) + name + "\r\n");
    }
  }
  Reply("226 that was all");
}

std::optional<Fate> ModelServer::FateOf(const std::string& name) const {
  const auto found = fates_.find(name);
  return found == fates_.end() ? std::nullopt : std::optional(found->second);
}

void ModelServer::Retr(const std::string& argument) {
  const std::string name = argument.starts_with('/') ? argument.substr(1) : argument;
  const auto fate = FateOf(name);
  if (!files_.contains(name) || fate == Fate::kRefused) return Reply("550 " + argument + " is not to be had");
  std::string_view bytes = files_.at(name);
  if (fate) bytes = bytes.substr(0, bytes.size() / 2);
  Reply("150 it begins");
  {
    const os::Fd data = Accept(data_listener_);
    Send(data, bytes);
    if (fate == Fate::kReset) MakeReset(data);
  }
  if (!fate) return Reply("226 done");
  Reply(fate == Fate::kReset ? "426 the connection broke" : "451 the disk has failed");
}

void ModelServer::Stor(const std::string& name) {
  const auto fate = FateOf(name);
  if (fate == Fate::kRefused) return Reply("553 " + name + " is not to be written");
  Reply("150 it begins");
  std::string bytes;
  {
    const os::Fd data = Accept(data_listener_);
    bytes = ReceiveAll(data, fate ? 1000 : SIZE_MAX);
    if (fate) MakeReset(data);
  }
  if (fate) return Reply("452 there is no room");
  {
    const std::lock_guard lock(mutex_);
    uploads_[name] = std::move(bytes);
  }
  Reply("226 it is in place");
}

os::Fd ModelServer::Accept(const os::Fd& listener) {
  Await(listener, POLLIN);
  os::Fd socket(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  ThrowUnless(bool(socket), "accept");
  return socket;
}

std::string ModelServer::ReadLine() {
  while (true) {
    if (const auto end = received_.find('\n'); end != std::string::npos) {
      idle_ = false;
      std::string line = received_.substr(0, end);
      received_.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    Await(control_, POLLIN);
    char buffer[4096];
    const ssize_t size = recv(control_.get(), buffer, sizeof buffer, 0);
    if (size <= 0) throw Gone{};
    received_.append(buffer, static_cast<std::size_t>(size));
  }
}

void ModelServer::Reply(std::string_view text) { Send(control_, std::string(text) + "\r\n"); }

void ModelServer::Send(const os::Fd& socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size < 0 && errno != EAGAIN) return;  // whether it is still there, its next command tells
    if (size > 0) bytes.remove_prefix(static_cast<std::size_t>(size));
    if (!bytes.empty()) Await(socket, POLLOUT);
  }
}

std::string ModelServer::ReceiveAll(const os::Fd& socket, std::size_t most) {
  std::string bytes;
  char buffer[65536];
  while (bytes.size() < most) {
    Await(socket, POLLIN);
    const ssize_t size = recv(socket.get(), buffer, sizeof buffer, 0);
    if (size <= 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(size));
  }
  return bytes;
}

void ModelServer::Await(const os::Fd& socket, short events) {
  pollfd both[] = {{socket.get(), events, 0}, {stop_.get(), POLLIN, 0}};
  while (poll(both, 2, -1) < 0) ThrowUnless(errno == EINTR, "poll");
  if (both[1].revents != 0) throw Over{};
}

}  // namespace grader::checks::lab13
