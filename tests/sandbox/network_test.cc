#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "inside.h"

namespace grader::sandbox {
namespace {

class Network : public SandboxTest {};

std::string Echoed(const os::Fd& socket) {
  if (::write(socket.get(), "hello", 5) != 5) return "not written";
  char buffer[16];
  const ssize_t got = ::read(socket.get(), buffer, sizeof buffer);
  return got < 0 ? "not read" : std::string(buffer, static_cast<std::size_t>(got));
}

TEST_F(Network, IsLoopbackAndNothingElse) {
  // Tunnels of the kernel's own appear in every namespace, down; nothing leads through them.
  const auto run = RunInside(spawner(), Program("interfaces"));
  EXPECT_THAT(run.out, testing::StartsWith("lo up\n"));
  EXPECT_THAT(run.out.substr(6), testing::Not(testing::HasSubstr(" up\n")));
  EXPECT_THAT(run.out, testing::EndsWith("outside ENETUNREACH\n"));
}

TEST_F(Network, SocketsFromInsideReachAServerInside) {
  const auto sandbox = spawner().Launch(Program("echo_server"));
  sandbox->Release();
  ASSERT_TRUE(AwaitText(sandbox->Stdout(), "listening"));
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(7000);
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  {
    const os::Fd client = sandbox->Socket(AF_INET, SOCK_STREAM);
    ASSERT_EQ(::connect(client.get(), reinterpret_cast<sockaddr*>(&four), sizeof four), 0);
    EXPECT_EQ(Echoed(client), "hello");
  }
  ASSERT_TRUE(AwaitText(sandbox->Stdout(), "listening"));
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(7000);
  six.sin6_addr = in6addr_loopback;
  const os::Fd client = sandbox->Socket(AF_INET6, SOCK_STREAM);
  ASSERT_EQ(::connect(client.get(), reinterpret_cast<sockaddr*>(&six), sizeof six), 0);
  EXPECT_EQ(Echoed(client), "hello");
}

TEST_F(Network, SandboxesMayUseTheSamePort) {
  const auto one = spawner().Launch(Program("echo_server"));
  const auto two = spawner().Launch(Program("echo_server"));
  one->Release();
  two->Release();
  EXPECT_TRUE(AwaitText(one->Stdout(), "listening"));
  EXPECT_TRUE(AwaitText(two->Stdout(), "listening"));
}

TEST_F(Network, SocketOfAnUnknownKindIsAFault) {
  const auto sandbox = spawner().Launch(Program("say_and_wait"));
  EXPECT_THROW(sandbox->Socket(AF_MAX + 1, SOCK_STREAM), std::system_error);
}

}  // namespace
}  // namespace grader::sandbox
