#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
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

// What a socket tells about itself (socket(7)).
struct SocketOptions {
  int domain = 0;  // AF_…
  bool listens = false;
  bool reads_time_out = false;   // SO_RCVTIMEO
  bool writes_time_out = false;  // SO_SNDTIMEO
};

// Asks through a duplicate of a task's descriptor, which exists for microseconds. Empty if that cannot be had.
std::optional<SocketOptions> ReadSocketOptions(pid_t host_tid, int descriptor);

// The TCP connections of one task's network. They are read at the first question, because the kernel is slow to tell
// them.
class TcpSockets {
 public:
  explicit TcpSockets(pid_t host_tid) : host_tid_(host_tid) {}

  // The other end of a connection that is established, quiet in both directions and has both its ends in this network;
  // empty for everything else.
  std::optional<ino_t> QuietPeer(ino_t socket);

 private:
  pid_t host_tid_;
  std::optional<std::map<ino_t, TcpSocket>> sockets_;
};

}  // namespace grader::observe
