// All that a lab's checks need. They are written in a namespace inside grader::checks: grader::checks::lab02.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "grader/checks/answers.h"
#include "grader/checks/explore.h"
#include "grader/checks/judge.h"
#include "grader/checks/lab_check.h"
#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"
#include "grader/checks/registry.h"

namespace grader::checks {

using namespace std::chrono_literals;

using observe::Observation;
using observe::ProcessRecord;
using Action = observe::Intervention::Action;
using Unit = observe::Intervention::Unit;
using observe::TraceLevel;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

}  // namespace grader::checks
