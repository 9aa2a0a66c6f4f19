#include "grader/clients/under_way.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace grader::clients {
namespace {

// tcp_states.h of the kernel.
constexpr int kSynSent = 2;
constexpr int kSynReceived = 3;
constexpr int kFinWait1 = 4;
constexpr int kFinWait2 = 5;
constexpr int kTimeWait = 6;
constexpr int kClosed = 7;
constexpr int kCloseWait = 8;
constexpr int kLastAck = 9;
constexpr int kClosing = 11;

constexpr int kZeroWindowProbe = 4;
// Who was not confirmed after so many attempts meets a reader whose buffer has no room.
constexpr std::uint32_t kHopeless = 3;

bool IsUnderWay(const observe::TcpSocket& socket) {
  switch (socket.state) {
    case observe::kTcpListen:
    case kTimeWait:
    case kClosed:
      return false;
    case kSynSent:
    case kSynReceived:
      return true;
    case kFinWait1:
    case kLastAck:
    case kClosing:
      return socket.timer != kZeroWindowProbe && socket.timeouts < kHopeless;
    default:
      return socket.unacked > 0 && socket.timer != kZeroWindowProbe && socket.timeouts < kHopeless;
  }
}

// 127.0.0.0/8, as the table writes it: the last byte first.
bool IsLoopback(const std::string& end) {
  const auto colon = end.find(':');
  return colon != std::string::npos && colon >= 2 && end.compare(colon - 2, 2, "7F") == 0;
}

bool HoldsAConnection(const observe::TcpSocket& socket) {
  const bool open = socket.state == observe::kTcpEstablished || socket.state == kCloseWait ||
                    (socket.state == kFinWait2 && socket.inode != 0);
  return open && IsLoopback(socket.local) && IsLoopback(socket.remote);
}

// Who resets a connection has no socket any more at that moment, while the reset may still wait to be delivered: by the
// kernel's own thread, which a busy machine keeps waiting.
bool IsBeingReset(const std::vector<observe::TcpSocket>& sockets) {
  std::set<std::pair<std::string, std::string>> ends;
  for (const auto& socket : sockets) ends.emplace(socket.local, socket.remote);
  return std::ranges::any_of(sockets, [&](const observe::TcpSocket& socket) {
    return HoldsAConnection(socket) && !ends.contains({socket.remote, socket.local});
  });
}

}  // namespace

bool AnythingUnderWay(const std::vector<observe::TcpSocket>& sockets) {
  return std::ranges::any_of(sockets, IsUnderWay) || IsBeingReset(sockets);
}

}  // namespace grader::clients
