#pragma once

namespace grader::schedule::runtime {

// How many threads static constructors tried to start.
extern int threads_before_main;

// Ends the current thread; with the last one the process ends.
[[noreturn]] void EndThread();

}  // namespace grader::schedule::runtime
