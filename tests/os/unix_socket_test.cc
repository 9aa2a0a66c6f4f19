#include "grader/os/unix_socket.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <system_error>

namespace grader::os {
namespace {

std::span<const std::byte> Bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

TEST(UnixSocket, KeepsMessagesApart) {
  const SocketPair pair = MakeSocketPair();
  ASSERT_EQ(SendMessage(pair.ours.get(), Bytes("one")), 0);
  ASSERT_EQ(SendMessage(pair.ours.get(), Bytes("three")), 0);
  std::array<std::byte, 16> buffer{};
  EXPECT_EQ(ReceiveMessage(pair.theirs, buffer, Waiting::kBlock)->size, 3U);
  EXPECT_EQ(ReceiveMessage(pair.theirs, buffer, Waiting::kBlock)->size, 5U);
  EXPECT_EQ(std::memcmp(buffer.data(), "three", 5), 0);
  EXPECT_FALSE(ReceiveMessage(pair.theirs, buffer, Waiting::kDoNotBlock).has_value());
}

TEST(UnixSocket, PassesDescriptorsThatWork) {
  const SocketPair pair = MakeSocketPair();
  Pipe pipe = MakePipe();
  const int sent[] = {pipe.read.get(), pipe.write.get()};
  ASSERT_EQ(SendMessage(pair.ours.get(), Bytes("x"), sent), 0);
  pipe.write.Close();
  std::array<std::byte, 16> buffer{};
  auto message = ReceiveMessage(pair.theirs, buffer, Waiting::kBlock);
  ASSERT_EQ(message->descriptors.size(), 2U);
  ASSERT_EQ(::write(message->descriptors[1].get(), "y", 1), 1);
  char byte = 0;
  EXPECT_EQ(::read(pipe.read.get(), &byte, 1), 1);
  message.reset();
  EXPECT_EQ(::read(pipe.read.get(), &byte, 1), 0) << "the received copies were owned";
}

TEST(UnixSocket, TellsTheSenderWhenAsked) {
  const SocketPair pair = MakeSocketPair();
  AskForSender(pair.theirs);
  ASSERT_EQ(SendMessage(pair.ours.get(), Bytes("x")), 0);
  std::array<std::byte, 16> buffer{};
  EXPECT_EQ(ReceiveMessage(pair.theirs, buffer, Waiting::kBlock)->sender, ::getpid());
}

TEST(UnixSocket, TellsTheEnd) {
  SocketPair pair = MakeSocketPair();
  pair.ours.Close();
  std::array<std::byte, 16> buffer{};
  EXPECT_EQ(ReceiveMessage(pair.theirs, buffer, Waiting::kBlock)->size, 0U);
  EXPECT_EQ(SendMessage(pair.theirs.get(), Bytes("x")), EPIPE) << "and no SIGPIPE";
}

TEST(UnixSocket, RefusesAMessageThatDoesNotFit) {
  const SocketPair pair = MakeSocketPair();
  ASSERT_EQ(SendMessage(pair.ours.get(), Bytes("too long")), 0);
  std::array<std::byte, 4> buffer{};
  EXPECT_THROW(ReceiveMessage(pair.theirs, buffer, Waiting::kBlock), std::system_error);
}

TEST(UnixSocket, RefusesMoreDescriptorsThanAMessageCarries) {
  const SocketPair pair = MakeSocketPair();
  const std::vector<int> many(kMostDescriptors + 1, pair.ours.get());
  EXPECT_EQ(SendMessage(pair.ours.get(), Bytes("x"), many), EINVAL);
}

}  // namespace
}  // namespace grader::os
