#pragma once

#include <gtest/gtest.h>

#include "grader/checks/check_runner.h"

namespace grader::checks {

// Turns what GoogleTest says of a check into a CheckResult.
class ResultListener : public ::testing::EmptyTestEventListener {
 public:
  explicit ResultListener(CheckRunner& runner) : runner_(runner) {}

  void OnTestStart(const ::testing::TestInfo& test) override;
  void OnTestEnd(const ::testing::TestInfo& test) override;

 private:
  CheckRunner& runner_;
};

}  // namespace grader::checks
