// What a check puts into /work, and what it sees there afterwards.
#include "grader/checks/work_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>

#include <csignal>

#include "grader/observe/run.h"

namespace grader::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WorkFolderOfARun : public ::testing::Test {
 protected:
  // Runs a line of shell in a folder that fill has filled.
  observe::Observation Run(const std::string& line, const std::function<void(WorkFolder&)>& fill) {
    observe::RunRequest request;
    request.command.argv = {"/bin/sh", "-c", line};
    request.prepare = [&](sandbox::Sandbox& sandbox) { fill(work_.emplace(sandbox)); };
    return observe::Observe(*spawner_, std::move(request));
  }
  const WorkFolder& work() const { return work_.value(); }

 private:
  std::unique_ptr<sandbox::Spawner> spawner_ = sandbox::Spawner::Start();
  std::optional<WorkFolder> work_;
};

TEST_F(WorkFolderOfARun, HoldsWhatWasPutThereForTheProgramToChange) {
  const auto run = Run("cat a; echo new > a; rm link && mkdir sub/inner && echo x > sub/inner/y", [](WorkFolder& work) {
    work.PutFile("a", std::string("old\n"));
    work.PutLink("link", "/etc/passwd");
    work.PutFolder("sub");
    work.PutFile("sub/big", std::string(100'000, 'b'));
    work.PutPipe("sub/pipe");
  });
  EXPECT_EQ(run.out.text(), "old\n");
  EXPECT_EQ(run.err.text(), "");
  EXPECT_THAT(run.leftovers, IsEmpty());
  EXPECT_EQ(work().Read("a"), "new\n");
  EXPECT_EQ(work().Size("sub/big"), 100'000u);
  EXPECT_THAT(work().Names(""), IsEmpty());
  EXPECT_THAT(work().Names("."), ElementsAre("a", "sub"));
  EXPECT_THAT(work().Names("sub"), ElementsAre("big", "inner", "pipe"));
  EXPECT_EQ(work().Read("sub/inner/y"), "x\n");
}

TEST_F(WorkFolderOfARun, LeavesTheGraderAsItWas) {
  ASSERT_EQ(prctl(PR_SET_PDEATHSIG, SIGUSR2), 0);
  const int dumpable = prctl(PR_GET_DUMPABLE);
  Run("true", [](WorkFolder& work) { work.PutFile("a", ""); });
  int signal = 0;
  ASSERT_EQ(prctl(PR_GET_PDEATHSIG, &signal), 0);
  ASSERT_EQ(prctl(PR_SET_PDEATHSIG, 0), 0);
  EXPECT_EQ(signal, SIGUSR2);
  EXPECT_EQ(prctl(PR_GET_DUMPABLE), dumpable);
}

TEST_F(WorkFolderOfARun, IsNotReadThroughLinksOfTheProgram) {
  const auto run = Run("ln -s /etc/passwd out; ln -s /etc folder; mkfifo pipe", [](WorkFolder&) {});
  EXPECT_EQ(run.err.text(), "");
  EXPECT_EQ(work().Read("out"), std::nullopt);
  EXPECT_EQ(work().Read("folder/passwd"), std::nullopt);
  EXPECT_EQ(work().Read("pipe"), std::nullopt);
  EXPECT_EQ(work().Size("none"), std::nullopt);
  EXPECT_THAT(work().Names("folder"), IsEmpty());
}

}  // namespace
}  // namespace grader::checks
