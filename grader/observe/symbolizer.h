// Gives a stack's frames their functions, files and lines, by elfutils' libdwfl.
#pragma once

#include <memory>

#include "grader/observe/stack.h"
#include "grader/observe/stack_snapshot.h"
#include "grader/sandbox/files.h"

namespace grader::observe {

// Resolves the stacks of one run. ELF files are looked up on the machine: paths below a view of the sandbox at its host
// path, others where they are (the system is the same inside and outside). Not thread-safe.
//
// Everything it reads was written by the program under observation, so all of it may be a lie: the result may then be
// wrong or empty, but it is bounded and nothing is thrown.
class Symbolizer {
 public:
  explicit Symbolizer(sandbox::Files files);
  ~Symbolizer();
  Symbolizer(Symbolizer&&) noexcept;
  Symbolizer& operator=(Symbolizer&&) noexcept;

  // Frames, innermost first. A frame is in the submission if its code was loaded from one of the views.
  Stack Resolve(const StackSnapshot& snapshot);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace grader::observe
