#include "grader/observe/socket_diagnosis.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <string>

namespace grader::observe {
namespace {

struct Question {
  nlmsghdr header;
  inet_diag_req_v2 body;
};

// As /proc/net/tcp writes them, so that both sources mean the same by one text: words of the host's byte order in
// hexadecimal; an IPv4 address in an IPv6 socket like IPv4.
std::string AddressText(int family, const __be32 (&words)[4], __be16 port) {
  const bool mapped = words[0] == 0 && words[1] == 0 && words[2] == htonl(0xffff);
  if (family == AF_INET) return fmt::format("{:08X}:{:04X}", words[0], ntohs(port));
  if (mapped) return fmt::format("{:08X}:{:04X}", words[3], ntohs(port));
  return fmt::format("{:08X}{:08X}{:08X}{:08X}:{:04X}", words[0], words[1], words[2], words[3], ntohs(port));
}

TcpSocket SocketOf(const inet_diag_msg& message) {
  TcpSocket socket;
  socket.local = AddressText(message.idiag_family, message.id.idiag_src, message.id.idiag_sport);
  socket.remote = AddressText(message.idiag_family, message.id.idiag_dst, message.id.idiag_dport);
  socket.state = message.idiag_state;
  // Of a socket that listens it is the longest backlog, which /proc/net/tcp does not tell.
  socket.unacked = socket.state == kTcpListen ? 0 : message.idiag_wqueue;
  socket.unread = message.idiag_rqueue;
  socket.timer = message.idiag_timer;
  socket.timeouts = message.idiag_retrans;
  socket.inode = message.idiag_inode;
  return socket;
}

}  // namespace

std::optional<std::vector<TcpSocket>> SocketDiagnosis::Read(unsigned states) {
  std::vector<TcpSocket> sockets;
  if (!ReadFamily(AF_INET, states, sockets)) return std::nullopt;
  static_cast<void>(ReadFamily(AF_INET6, states, sockets));  // a machine may do without IPv6
  return sockets;
}

bool SocketDiagnosis::ReadFamily(int family, unsigned states, std::vector<TcpSocket>& sockets) {
  Question question{};
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  question.header.nlmsg_seq = ++sequence_;
  question.body.sdiag_family = static_cast<__u8>(family);
  question.body.sdiag_protocol = IPPROTO_TCP;
  question.body.idiag_states = states;
  if (send(netlink_.get(), &question, sizeof question, 0) != sizeof question) return false;
  alignas(nlmsghdr) std::array<char, std::size_t{64} * 1024> buffer;
  for (;;) {
    const ssize_t got = recv(netlink_.get(), buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    std::size_t at = 0;
    while (at + sizeof(nlmsghdr) <= static_cast<std::size_t>(got)) {
      nlmsghdr header;
      std::memcpy(&header, buffer.data() + at, sizeof header);
      if (header.nlmsg_len < sizeof header || header.nlmsg_type == NLMSG_ERROR) return false;
      if (header.nlmsg_type == NLMSG_DONE) return header.nlmsg_seq == sequence_;
      inet_diag_msg message;
      if (header.nlmsg_len < NLMSG_HDRLEN + sizeof message) return false;
      std::memcpy(&message, buffer.data() + at + NLMSG_HDRLEN, sizeof message);
      sockets.push_back(SocketOf(message));
      at += NLMSG_ALIGN(header.nlmsg_len);
    }
  }
}

}  // namespace grader::observe
