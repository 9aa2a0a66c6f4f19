#include "grader/observe/sockets.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "grader/os/files.h"
#include "grader/os/pidfd.h"

namespace grader::observe {
namespace {

std::string ReadNet(pid_t host_tid, const char* table) {
  const std::string path = "/proc/" + std::to_string(host_tid) + "/net/" + table;
  return os::ReadFileAt(os::kHere, path.c_str()).value_or("");
}

template <typename Value>
std::optional<Value> Option(const os::Fd& socket, int option) {
  Value value{};
  socklen_t size = sizeof value;
  if (getsockopt(socket.get(), SOL_SOCKET, option, &value, &size) != 0) return std::nullopt;
  return value;
}

// Calls each with every line but the first, which is a heading.
template <typename Each>
void ForEachLine(std::string_view table, Each each) {
  table.remove_prefix(std::min(table.find('\n'), table.size()));
  while (!table.empty()) {
    table.remove_prefix(1);
    const std::size_t end = std::min(table.find('\n'), table.size());
    if (end > 0) each(std::string(table.substr(0, end)));
    table.remove_prefix(end);
  }
}

// "0000000000000000FFFF00000100007F:1F90", an IPv4 address in an IPv6 socket, is the same place as "0100007F:1F90".
std::string WithoutMapping(std::string address) {
  constexpr std::string_view kMapped = "0000000000000000FFFF0000";
  return address.starts_with(kMapped) ? address.substr(kMapped.size()) : address;
}

std::uint16_t PortOf(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  return colon == address.npos ? 0 : static_cast<std::uint16_t>(std::strtoul(address.c_str() + colon + 1, nullptr, 16));
}

}  // namespace

std::uint16_t TcpSocket::port() const { return PortOf(local); }
std::uint16_t TcpSocket::remote_port() const { return PortOf(remote); }

std::vector<TcpSocket> ParseTcpTable(std::string_view table) {
  std::vector<TcpSocket> sockets;
  ForEachLine(table, [&](const std::string& line) {
    std::array<char, 48> local{};
    std::array<char, 48> remote{};
    unsigned state = 0;
    TcpSocket socket;
    std::uint64_t inode = 0;
    unsigned timer = 0;
    const int fields =
        std::sscanf(line.c_str(), " %*d: %47s %47s %x %x:%x %x:%*s %x %*d %*d %" SCNu64, local.data(), remote.data(),
                    &state, &socket.unacked, &socket.unread, &timer, &socket.timeouts, &inode);
    if (fields != 8) return;
    socket.local = WithoutMapping(local.data());
    socket.remote = WithoutMapping(remote.data());
    socket.state = static_cast<int>(state);
    socket.timer = static_cast<int>(timer);
    socket.inode = inode;
    sockets.push_back(std::move(socket));
  });
  return sockets;
}

std::vector<TcpSocket> ReadTcpSockets(pid_t host_tid) {
  std::vector<TcpSocket> sockets = ParseTcpTable(ReadNet(host_tid, "tcp"));
  std::ranges::move(ParseTcpTable(ReadNet(host_tid, "tcp6")), std::back_inserter(sockets));
  return sockets;
}

std::optional<SocketOptions> ReadSocketOptions(pid_t host_tid, int descriptor) {
  const os::Fd socket = os::DuplicateOf(host_tid, descriptor);
  if (!socket) return std::nullopt;
  const auto domain = Option<int>(socket, SO_DOMAIN);
  const auto listens = Option<int>(socket, SO_ACCEPTCONN);
  const auto read_time = Option<timeval>(socket, SO_RCVTIMEO);
  const auto write_time = Option<timeval>(socket, SO_SNDTIMEO);
  if (!domain || !listens || !read_time || !write_time) return std::nullopt;
  const auto is_set = [](const timeval& time) { return time.tv_sec != 0 || time.tv_usec != 0; };
  return SocketOptions{*domain, *listens != 0, is_set(*read_time), is_set(*write_time)};
}

std::optional<ino_t> TcpSockets::QuietPeer(ino_t socket) {
  if (!sockets_) {
    sockets_.emplace();
    for (TcpSocket& each : ReadTcpSockets(host_tid_)) {
      if (each.inode != 0) sockets_->emplace(each.inode, std::move(each));
    }
  }
  const auto quiet = [](const TcpSocket& end) { return end.state == kTcpEstablished && !end.bytes_queued(); };
  const auto own = sockets_->find(socket);
  if (own == sockets_->end() || !quiet(own->second)) return std::nullopt;
  for (const auto& [inode, other] : *sockets_) {
    if (other.local == own->second.remote && other.remote == own->second.local && quiet(other)) return inode;
  }
  return std::nullopt;
}

}  // namespace grader::observe
