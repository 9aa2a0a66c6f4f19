#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grader::observe {

// The sockets of a run's network, as /proc/TID/net lists them.
struct TcpSocket {
  std::string local;  // address:port as the table writes it; IPv4 in IPv6 like IPv4
  std::string remote;
  int state = 0;               // 1 is ESTABLISHED, 10 is LISTEN (tcp_states.h)
  std::uint32_t unacked = 0;   // bytes written whose arrival the other end's kernel has not confirmed
  std::uint32_t unread = 0;    // bytes received and not yet read; of one that listens, connections not yet accepted
  int timer = 0;               // 1 retransmission, 4 zero window probe: the other end does not read (proc_net(5))
  std::uint32_t timeouts = 0;  // retransmissions that were not confirmed
  ino_t inode = 0;             // 0 while nobody has accepted it, and after it was closed

  bool bytes_queued() const { return unacked != 0 || unread != 0; }
  std::uint16_t port() const;  // of the local end
  std::uint16_t remote_port() const;
};
inline constexpr int kTcpEstablished = 1;
inline constexpr int kTcpListen = 10;

// Reads the lines of /proc/net/tcp or tcp6.
std::vector<TcpSocket> ParseTcpTable(std::string_view table);

// All TCP sockets of a task's network.
std::vector<TcpSocket> ReadTcpSockets(pid_t host_tid);

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
