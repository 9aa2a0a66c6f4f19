// Gradings of the labs' usual ends, for tests and golden texts.
#pragma once

#include "grader/report/grading.h"
#include "grader/report/html_class.h"

namespace grader::report {

// lab2 from skeletons/lab02-reap at a fixed moment on a fixed machine.
Subject SampleSubject();

// Thirteen checks of lab2, 40 points; the last one is hidden.
std::vector<checks::CheckInfo> SampleChecks();

checks::CheckResult Pass(const checks::CheckInfo& info);

Grading AllPassed();
// One check fails over a zombie, the one that needs it is skipped.
Grading ZombieFailure();
Grading CompileError();
// The program builds and does nothing of what is asked: every check fails.
Grading UntouchedSkeleton();
// One check could not be judged.
Grading GraderFault();
// Only one check was asked for, and it passed.
Grading OnlyOneAsked();

// Two children, one reaped late and one never: five lanes with a thread and the output, and a signal.
checks::Timeline ZombieTimeline();
// Two threads that lock two mutexes in opposite orders.
checks::Timeline DeadlockTimeline();
// A failure with each of the two pictures, one of a hidden check, and one over a build.
Grading WithPictures();

// Ada has full marks, Bob a zombie, Cy an untouched skeleton; one hand-in was refused, one is missing, one met a fault.
ClassReport SampleClass();

// Every text field of every kind of record holds `bytes`; one check for each verdict.
Grading FilledWith(const std::string& bytes);

}  // namespace grader::report
