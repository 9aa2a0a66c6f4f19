#pragma once

#include <functional>
#include <memory>

#include "grader/sandbox/spawner.h"

namespace grader::checks {

// The whole of a lab's checks executable.
//
//   checks < assignment.json          builds, runs the checks, writes events (protocol.h), one a line, to descriptor 3
//   checks --results FD               ... to that descriptor
//   checks --build-only               ... stops after the BuildReports and Finished
//   checks --shard I/N                ... only the I-th of N parts (I from 1); checks that need each other stay
//   together checks --list [LAB_FOLDER]        prints the checks as a JSON array, without a sandbox; LAB_FOLDER for the
//   quiz
//
// With jobs > 1 in the assignment it runs its checks in that many executables of itself and passes their events on.
//
// Events: Started, a BuildReport per program, CheckStarted and CheckResult for each check that is to run, Finished.
// Checks that the assignment's `only` leaves out are in Started alone, and count as passed for those that need them. If
// a program does not build, every check that runs it fails with that as its failure.
//
// Exit status: 0 if Finished was sent, whatever the results; 2 if the arguments or the assignment are wrong, or `only`
// names no check, with one line on stderr; 3 for a fault of grader or machine, told by a Fault event as well.
int CheckMain(int argc, char** argv);

// The same with another source of sandboxes.
using StartSpawner = std::function<std::unique_ptr<sandbox::Spawner>()>;
int CheckMain(int argc, char** argv, const StartSpawner& start);

}  // namespace grader::checks
