#include "grader/observe/sockets.h"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>

#include "grader/os/files.h"

namespace grader::observe {
namespace {

constexpr int kEstablished = 1;

std::string ReadNet(pid_t host_tid, const char* table) {
  const std::string path = "/proc/" + std::to_string(host_tid) + "/net/" + table;
  return os::ReadFileAt(os::kHere, path.c_str()).value_or("");
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

}  // namespace

void ParseTcpTable(std::string_view table, std::map<ino_t, TcpSocket>& sockets) {
  ForEachLine(table, [&](const std::string& line) {
    std::array<char, 48> local{};
    std::array<char, 48> remote{};
    unsigned state = 0;
    unsigned sending = 0;
    unsigned receiving = 0;
    std::uint64_t inode = 0;
    const int fields = std::sscanf(line.c_str(), " %*d: %47s %47s %x %x:%x %*s %*s %*d %*d %" SCNu64, local.data(),
                                   remote.data(), &state, &sending, &receiving, &inode);
    if (fields != 6 || inode == 0) return;
    sockets[inode] = {WithoutMapping(local.data()), WithoutMapping(remote.data()), static_cast<int>(state),
                      sending != 0 || receiving != 0};
  });
}

bool Sockets::IsUnix(ino_t socket) {
  if (!unix_) {
    unix_.emplace();
    ForEachLine(ReadNet(host_tid_, "unix"), [&](const std::string& line) {
      std::uint64_t inode = 0;
      if (std::sscanf(line.c_str(), "%*s %*s %*s %*s %*s %*s %" SCNu64, &inode) == 1) unix_->insert(inode);
    });
  }
  return unix_->contains(socket);
}

std::optional<ino_t> Sockets::QuietTcpPeer(ino_t socket) {
  if (!tcp_) {
    tcp_.emplace();
    ParseTcpTable(ReadNet(host_tid_, "tcp"), *tcp_);
    ParseTcpTable(ReadNet(host_tid_, "tcp6"), *tcp_);
  }
  const auto quiet = [](const TcpSocket& end) { return end.state == kEstablished && !end.bytes_queued; };
  const auto own = tcp_->find(socket);
  if (own == tcp_->end() || !quiet(own->second)) return std::nullopt;
  for (const auto& [inode, other] : *tcp_) {
    if (other.local == own->second.remote && other.remote == own->second.local && quiet(other)) return inode;
  }
  return std::nullopt;
}

}  // namespace grader::observe
