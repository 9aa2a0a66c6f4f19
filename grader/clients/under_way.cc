#include "grader/clients/under_way.h"

#include <algorithm>

namespace grader::clients {
namespace {

// tcp_states.h of the kernel.
constexpr int kSynSent = 2;
constexpr int kSynReceived = 3;
constexpr int kFinWait1 = 4;
constexpr int kTimeWait = 6;
constexpr int kClosed = 7;
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

}  // namespace

bool AnythingUnderWay(const std::vector<observe::TcpSocket>& sockets) {
  return std::ranges::any_of(sockets, IsUnderWay);
}

}  // namespace grader::clients
