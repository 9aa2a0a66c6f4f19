#include "grader/sandbox/wire.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "grader/sandbox/protocol.h"

namespace grader::sandbox {
namespace {

TEST(Wire, GivesBackWhatWasPutIn) {
  WireWriter writer;
  writer.Number(~0ULL);
  writer.Text(std::string_view("a\0b", 3));
  writer.Texts({"", "one", "two"});
  writer.Numbers({3, 1, 2});
  WireReader reader(writer.bytes());
  EXPECT_EQ(reader.Number(), ~0ULL);
  EXPECT_EQ(reader.Text(), std::string("a\0b", 3));
  EXPECT_EQ(reader.Texts(), (std::vector<std::string>{"", "one", "two"}));
  EXPECT_EQ(reader.Numbers(), (std::vector<std::uint64_t>{3, 1, 2}));
}

TEST(Wire, RefusesToReadPastTheEnd) {
  WireWriter writer;
  writer.Number(1000);
  WireReader reader(writer.bytes());
  EXPECT_THROW(reader.Text(), std::runtime_error);
  WireReader empty({});
  EXPECT_THROW(empty.Number(), std::runtime_error);
}

TEST(Wire, CarriesALaunchOrder) {
  LaunchOrder order;
  order.command = {{"/box/reap", "50"}, "/tmp", {"A=1"}};
  order.files.views = {{"/home/me/lab", "/submission"}};
  order.limits.memory = os::MiB(7);
  order.limits.processes = 9;
  order.filter = {{1, 2, 3, 4}, {5, 6, 7, 8}};
  WireWriter writer;
  order.Write(writer);
  WireReader reader(writer.bytes());
  const LaunchOrder read = LaunchOrder::Read(reader);
  EXPECT_EQ(read.command.argv, order.command.argv);
  EXPECT_EQ(read.command.directory, "/tmp");
  EXPECT_EQ(read.command.environment, order.command.environment);
  ASSERT_EQ(read.files.views.size(), 1U);
  EXPECT_EQ(read.files.views[0].inside, "/submission");
  EXPECT_EQ(read.limits.memory, os::MiB(7));
  EXPECT_EQ(read.limits.processes, 9);
  ASSERT_EQ(read.filter.size(), 2U);
  EXPECT_EQ(read.filter[1].k, 8U);
}

}  // namespace
}  // namespace grader::sandbox
