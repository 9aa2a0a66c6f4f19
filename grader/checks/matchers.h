// The vocabulary for runs: EXPECT_THAT(run, ExitsCleanly()). Every matcher is positive and refuses empty evidence:
// unless it says otherwise, a run that crashed, deadlocked or met a limit satisfies none of them. They can be joined
// with AllOf().
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "grader/checks/judge.h"
#include "grader/checks/tree_shape.h"

namespace grader::checks {

// How it ends ---------------------------------------------------------------------------------------------------------

// The program ended by itself with status 0: no crash, no deadlock, no limit.
RunMatcher ExitsCleanly();

// The program ended by itself with this status.
RunMatcher ExitsWith(int status);

// The program was killed by this signal: SIGTERM.
RunMatcher IsKilledBy(int signal);

// What it prints ------------------------------------------------------------------------------------------------------
// Of a whole stdout: output over the cap satisfies none of these. Every line, the last too, must end in a newline.

// Exactly these lines, in this order, without their newlines.
RunMatcher PrintsLines(std::vector<std::string> lines);

// Exactly these lines, in any order.
RunMatcher PrintsLinesInAnyOrder(std::vector<std::string> lines);

// Lines that match: PrintsLinesThat("each is a number", Each(MatchesRegex("[0-9]+"))). expected is for the student.
RunMatcher PrintsLinesThat(std::string expected, ::testing::Matcher<const std::vector<std::string>&> matcher);

// Nothing on stdout.
RunMatcher PrintsNothing();

// Nothing on stdout, and exactly one line, not empty, on stderr.
RunMatcher PrintsOneErrorLine();

// Its processes -------------------------------------------------------------------------------------------------------
// These need a watched run (TraceLevel::kLifecycle or closer); asking an unwatched one is a fault of the lab.

// At least one child was created, and no process ended without having reaped its dead children.
RunMatcher LeavesNoZombie();

// At least one child was created, and each was reaped by its own parent with a wait call.
RunMatcher ReapsEveryChild();

// The same, and none was a zombie for longer than bound of fair time although its parent ran meanwhile. A child whom
// the kernel removed (SIGCHLD ignored) is no zombie.
RunMatcher ReapsEveryChildWithin(std::chrono::milliseconds bound);

// Nothing of it was alive when the linger time after its end (RunOptions::linger) was over. Unwatched runs too.
RunMatcher LeavesNoStray();

// No stray and no kernel object or temporary file is left, and, if the run was watched, no zombie. A program without
// children can satisfy it.
RunMatcher LeavesNothingBehind();

// So many processes in all: the program itself and all its descendants.
RunMatcher HasProcesses(int count);

// The program and its descendants form this tree: HasTreeShape(Fan(5)).
RunMatcher HasTreeShape(TreeShape shape);

// At one moment all its processes were alive: the last was created before the first ended.
RunMatcher HasAllProcessesAliveAtOnce();

// Waiting costs no CPU: no process computed for more than allowance and a quarter of its life.
RunMatcher BurnsNoCpuWhileWaiting(std::chrono::milliseconds allowance = std::chrono::milliseconds(100));

// The same, and nobody waits by waking up again and again to look (a sleep-poll loop).
RunMatcher SleepsWhileWaiting(std::chrono::milliseconds allowance = std::chrono::milliseconds(100));

// No thread waits by looking: neither by a row of waitpid(WNOHANG) that find nothing, nor by sleeping for a fixed time
// again and again. Judged by its calls, so also of short waits; needs TraceLevel::kBlocking.
RunMatcher WaitsWithoutPolling();

// Whether a call was a sleep that ended because its time was over.
bool SleptForAFixedTime(const observe::Call& call);

}  // namespace grader::checks
