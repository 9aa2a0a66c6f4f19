// What the checks of one grading share, handed to each of them: there is no global.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/build/builder.h"
#include "grader/checks/answers.h"
#include "grader/checks/assignment.h"
#include "grader/checks/builds.h"
#include "grader/checks/race_detector.h"
#include "grader/sandbox/spawner.h"

namespace grader::checks {

class CheckContext {
 public:
  // All references outlive this.
  CheckContext(const Assignment& assignment, sandbox::Spawner& spawner, Builds& builds);

  const Assignment& assignment() const { return assignment_; }
  sandbox::Spawner& spawner() { return spawner_; }

  // An empty name is the lab's first program. Throws BuildFailedError if it did not build, std::logic_error if the lab
  // has no such program.
  const build::Program& Program(const std::string& name);

  // One that runs under the controlled scheduler; an empty name is the first of those. An ordinary program's twin under
  // the scheduler is built at its first use; C++ only. Throws as Program().
  const build::Program& ScheduledProgram(const std::string& name);

  // The program of that name with ThreadSanitizer in it, built at its first use; C++ only. Throws as Program().
  struct Watched {
    build::Program program;
    Fences fences;
  };
  const Watched& RaceDetecting(const std::string& name);

  // A driver of the lab, labs/<id>/probes/<name>.cpp, built at its first use. Trusted code: nothing of the submission
  // is compiled in. Throws std::logic_error if it does not build.
  const build::Program& Probe(const std::string& name);

  // The submission's answers.toml, read at the first call.
  const Answers& answers();

 private:
  const build::Program& Built(const std::string& name);
  const build::Target& TargetOf(const std::string& name) const;
  build::BuildResult Build(const build::Target& target);

  const Assignment& assignment_;
  sandbox::Spawner& spawner_;
  Builds& builds_;
  std::map<std::string, build::Program> probes_;
  std::map<std::string, build::Program> twins_;  // under the scheduler
  std::map<std::string, Watched> race_detecting_;
  std::optional<Answers> answers_;
};

}  // namespace grader::checks
