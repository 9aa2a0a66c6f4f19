#include <gmock/gmock.h>

#include "inside.h"

namespace grader::sandbox {
namespace {

using testing::ElementsAre;
using testing::Ge;

class Identity : public SandboxTest {
 protected:
  std::vector<std::string> Seen(const std::string& key) {
    if (out_.empty()) out_ = RunInside(spawner(), Program("identity")).out;
    return Values(out_, key);
  }

 private:
  std::string out_;
};

TEST_F(Identity, IsAnOrdinaryStudent) {
  EXPECT_THAT(Seen("uid"), ElementsAre("1000 1000"));
  EXPECT_THAT(Seen("gid"), ElementsAre("1000 1000"));
  EXPECT_THAT(Seen("host"), ElementsAre("sandbox"));
  EXPECT_THAT(Seen("folder"), ElementsAre("/work"));
  EXPECT_THAT(Seen("session"), ElementsAre("1"));
}

TEST_F(Identity, SeesOnlyItselfAndInit) {
  const auto pid = Seen("pid");
  ASSERT_EQ(pid.size(), 1U);
  EXPECT_THAT(std::stoi(pid.front()), Ge(3)) << "2 is what a contended mutex holds";
  EXPECT_THAT(Seen("ppid"), ElementsAre("1"));
  EXPECT_THAT(Seen("processes"), ElementsAre("1 " + pid.front()));
}

TEST_F(Identity, HasTheThreeStandardDescriptorsOnly) {
  EXPECT_THAT(Seen("descriptors"), ElementsAre("0 1 2"));
  EXPECT_THAT(Seen("next_descriptor"), ElementsAre("3"));
}

TEST_F(Identity, HasTheEnvironmentOfTheCommandOnly) {
  auto request = Program("identity");
  request.command.environment = {"ANSWER=42", "EMPTY="};
  EXPECT_THAT(Values(RunInside(spawner(), request).out, "environment"), ElementsAre("ANSWER=42", "EMPTY="));
}

TEST_F(Identity, HasNoPrivileges) {
  for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
    EXPECT_THAT(Seen(set), ElementsAre("0000000000000000")) << set;
  }
  EXPECT_THAT(Seen("NoNewPrivs"), ElementsAre("1"));
  EXPECT_THAT(Seen("Seccomp"), ElementsAre("2"));
}

TEST_F(Identity, IsBornWithDefaultSignals) {
  EXPECT_THAT(Seen("SigBlk"), ElementsAre("0000000000000000"));
  EXPECT_THAT(Seen("SigIgn"), ElementsAre("0000000000000000"));
}

TEST_F(Identity, StartsInTheFolderOfTheCommand) {
  auto request = Program("identity");
  request.command.directory = "/tmp";
  EXPECT_THAT(Values(RunInside(spawner(), request).out, "folder"), ElementsAre("/tmp"));
}

}  // namespace
}  // namespace grader::sandbox
