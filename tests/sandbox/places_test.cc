#include "grader/sandbox/places.h"

#include <gmock/gmock.h>

namespace grader::sandbox {
namespace {

using testing::ElementsAre;

constexpr char kBase[] = "/tmp/grade-run.aB3xYz/12";

LaunchOrder Moved(std::vector<std::string> argv) {
  LaunchOrder order;
  order.command.argv = std::move(argv);
  order.files.views = {{"/host/program", "/box/reap"}, {"/host/files", "/submission"}};
  MoveBelow(kBase, order);
  return order;
}

TEST(Places, WordsOfTheCommandNameThem) {
  EXPECT_THAT(
      Moved({"/box/reap", "-I/submission", "--out=/work/x", "/tmp:/work", "/boxes", "a/box", "/usr/bin"}).command.argv,
      ElementsAre("/tmp/grade-run.aB3xYz/12/box/reap", "-I/tmp/grade-run.aB3xYz/12/submission",
                  "--out=/tmp/grade-run.aB3xYz/12/work/x", "/tmp/grade-run.aB3xYz/12/tmp:/tmp/grade-run.aB3xYz/12/work",
                  "/boxes", "a/box", "/usr/bin"));
}

TEST(Places, TextIsAsItIs) {
  EXPECT_THAT(Moved({"/bin/sh", "-c", "echo > /work/x"}).command.argv, ElementsAre("/bin/sh", "-c", "echo > /work/x"));
}

TEST(Places, EnvironmentAndDirectoryMoveToo) {
  const Command command = Moved({"/box/reap"}).command;
  EXPECT_EQ(command.directory, "/tmp/grade-run.aB3xYz/12/work");
  EXPECT_THAT(command.environment, testing::Contains("TMPDIR=/tmp/grade-run.aB3xYz/12/tmp"));
  EXPECT_THAT(command.environment, testing::Contains("PATH=/usr/bin:/bin"));
}

TEST(Places, BasesAreTakenOutOfText) {
  EXPECT_EQ(WithoutBases("/tmp/grade-run.aB3xYz/12/box/a.h:3: /tmp/grade-run.aB3xYz/7/work"), "/box/a.h:3: /work");
  EXPECT_EQ(WithoutBases("/tmp/grade-run.aB3xYz/12"), "");
}

TEST(Places, WhatOnlyLooksLikeOneStays) {
  for (const char* text : {"", "/tmp/grade-run.", "/tmp/grade-run.aB3xYz", "/tmp/grade-run.aB3xYz/",
                           "/tmp/grade-run.aB3xYz/x", "/tmp/grade-run.aB3xYz/1x/work"}) {
    EXPECT_EQ(WithoutBases(text), text);
  }
}

}  // namespace
}  // namespace grader::sandbox
