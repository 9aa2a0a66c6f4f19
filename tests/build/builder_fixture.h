#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "grader/build/builder.h"
#include "grader/observe/run.h"
#include "tests/build/temporary_folder.h"

namespace grader::build::testing {

// A submission of a program called reap, and a real sandbox to build it in.
class BuilderTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { spawner_ = sandbox::Spawner::Start(); }
  static void TearDownTestSuite() { spawner_.reset(); }

  BuilderTest() {
    target_.name = "reap";
    target_.sources = {"reap.cpp"};
    target_.accept_python = true;
  }

  void Write(const std::string& name, const std::string& text) { submission_.Write(name, text); }

  BuildResult Build() { return Builder(*spawner_, cache_.path()).Build(submission_.path(), target_); }

  BuildResult BuildSource(const std::string& text) {
    Write("reap.cpp", text);
    return Build();
  }

  // What the built program prints when it is run in a sandbox.
  std::string Output(const Program& program) {
    observe::RunRequest request;
    request.command.argv = program.argv;
    request.files = program.files;
    request.level = observe::TraceLevel::kNone;
    return observe::Observe(*spawner_, std::move(request)).out.text();
  }

  static inline std::unique_ptr<sandbox::Spawner> spawner_;
  TemporaryFolder submission_;
  TemporaryFolder cache_;
  Target target_;
};

}  // namespace grader::build::testing
