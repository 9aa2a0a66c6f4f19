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

observe::TcpSocket Between(const std::string& local, const std::string& remote, int state) {
  observe::TcpSocket socket = Socket(state);
  socket.local = local;
  socket.remote = remote;
  return socket;
}

TEST(UnderWay, IsAResetWhoseSenderHasNoSocketAnyMore) {
  const auto server = Between("0100007F:1F90", "0100007F:A001", observe::kTcpEstablished);
  const auto client = Between("0100007F:A001", "0100007F:1F90", observe::kTcpEstablished);
  EXPECT_FALSE(AnythingUnderWay({server, client}));
  EXPECT_TRUE(AnythingUnderWay({server}));
  EXPECT_TRUE(AnythingUnderWay({client}));
  EXPECT_TRUE(AnythingUnderWay({Between("0100007F:1F90", "0200007F:A001", 8)}));
  EXPECT_FALSE(AnythingUnderWay({Between("0100007F:1F90", "0100007F:A001", 6)}));
  EXPECT_FALSE(AnythingUnderWay({Between("0F02000A:1F90", "0202000A:A001", observe::kTcpEstablished)}));
}

}  // namespace
}  // namespace grader::clients
