#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace grader::observe {

// The sockets of a run's network, as /proc/TID/net lists them.
struct TcpSocket {
  std::string local;  // address:port as the table writes it; IPv4 in IPv6 like IPv4
  std::string remote;
  int state = 0;              // 1 is ESTABLISHED, 10 is LISTEN (tcp_states.h)
  bool bytes_queued = false;  // sent and not yet acknowledged, or received and not yet read
};

// Reads lines of /proc/net/tcp or tcp6 into sockets, by inode.
void ParseTcpTable(std::string_view table, std::map<ino_t, TcpSocket>& sockets);

// The tables of one task's network; each is read at the first question for it, because the one of TCP is slow.
class Sockets {
 public:
  explicit Sockets(pid_t host_tid) : host_tid_(host_tid) {}

  bool IsUnix(ino_t socket);

  // The other end of a TCP connection that is established, quiet in both directions and has both its ends in this
  // network; empty for everything else.
  std::optional<ino_t> QuietTcpPeer(ino_t socket);

 private:
  pid_t host_tid_;
  std::optional<std::set<ino_t>> unix_;
  std::optional<std::map<ino_t, TcpSocket>> tcp_;
};

}  // namespace grader::observe
