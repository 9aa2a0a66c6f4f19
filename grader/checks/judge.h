// How a judgement about a run is made and told. All matchers of runs are built with Judge(); labs make their own the
// same way.
#pragma once

#include <gmock/gmock.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "grader/checks/printing.h"  // GoogleTest prints every run in the same way
#include "grader/checks/result.h"
#include "grader/observe/observation.h"

namespace grader::checks {

using RunMatcher = ::testing::Matcher<const observe::Observation&>;

// What is wrong with a run, in a student's words.
struct Problem {
  std::string happened;            // "2 of 50 children were never waited for"
  std::vector<std::string> facts;  // one line each: "process 7 (forked at reap.cpp:31) ended after 12 ms and ..."
  std::string location;            // "reap.cpp:31" of the submission, if known
  std::string hint = {};           // instead of the check's, where that would mislead
};

using Judgement = std::function<std::optional<Problem>(const observe::Observation&)>;

// A matcher of runs. expected completes "Expected: ", without a full stop: "every child is reaped within 100 ms".
// Judge() asks judgement only about runs that ended by themselves (Exited): a crash, a deadlock, a limit or a run that
// the check itself stopped satisfies nothing.
RunMatcher Judge(std::string expected, Judgement judgement);

// The same for behaviour that may also be judged when the check itself ended the run with Run::Stop(), as with a
// server.
RunMatcher JudgeWhileRunning(std::string expected, Judgement judgement);

// The same for any end whatever; the judgement looks at the outcome itself.
RunMatcher JudgeAnyEnd(std::string expected, Judgement judgement);

// The problem that a run which did not end by itself has, with its deadlock's or crash's facts; empty if it did
// (Exited). Its hint is that of the end, not the check's. Throws GraderFaultError if the run was spoilt by a fault of
// the grader.
std::optional<Problem> ProblemOfOutcome(const observe::Observation& run);

// The judgement needs a run that was watched at this level or closer; otherwise throws std::logic_error, the lab
// author's mistake: nothing can be concluded from what was not looked at.
void RequireLevel(const observe::Observation& run, observe::TraceLevel level);

}  // namespace grader::checks
