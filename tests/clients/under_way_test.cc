#include "grader/clients/under_way.h"

#include <gtest/gtest.h>

namespace grader::clients {
namespace {

observe::TcpSocket Socket(int state, std::uint32_t unacked = 0, int timer = 0) {
  observe::TcpSocket socket;
  socket.state = state;
  socket.unacked = unacked;
  socket.timer = timer;
  return socket;
}

TEST(UnderWay, IsAConnectionBeingMadeOrClosed) {
  EXPECT_TRUE(AnythingUnderWay({Socket(observe::kTcpListen), Socket(2)}));
  EXPECT_TRUE(AnythingUnderWay({Socket(3)}));
  EXPECT_TRUE(AnythingUnderWay({Socket(9, 1, 1)}));
}

TEST(UnderWay, IsNothingThatIsEstablishedOrDone) {
  EXPECT_FALSE(AnythingUnderWay({}));
  EXPECT_FALSE(AnythingUnderWay(
      {Socket(observe::kTcpListen), Socket(observe::kTcpEstablished), Socket(5), Socket(6), Socket(8)}));
}

TEST(UnderWay, AreBytesThatWereNotConfirmed) {
  EXPECT_TRUE(AnythingUnderWay({Socket(observe::kTcpEstablished, 5, 1)}));
}

TEST(UnderWay, IsNothingThatWaitsForAReader) {
  EXPECT_FALSE(AnythingUnderWay({Socket(observe::kTcpEstablished, 5000, 4)}));
  EXPECT_FALSE(AnythingUnderWay({Socket(4, 5000, 4)}));
}

}  // namespace
}  // namespace grader::clients
