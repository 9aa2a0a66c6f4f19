// The fork server: reads orders, runs each in a child of its own, and sends the results.
#pragma once

namespace grader::schedule::runtime {

// Calls the student's main() with the process's arguments.
int CallMain();

}  // namespace grader::schedule::runtime
