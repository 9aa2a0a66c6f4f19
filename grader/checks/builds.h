#pragma once

#include <functional>
#include <map>
#include <string>

#include "grader/build/builder.h"
#include "grader/checks/assignment.h"
#include "grader/checks/result.h"

namespace grader::checks {

// The programs of one assignment, each built once.
class Builds {
 public:
  // Told of each program when it has been built.
  using Told = std::function<void(const BuildReport& report)>;

  // Both references outlive this.
  Builds(const Assignment& assignment, sandbox::Spawner& spawner, Told told);

  // Builds all that are not built yet, up to assignment.jobs at one time. Throws what Builder::Build throws.
  void BuildAll();

  // Built now if it is not yet. Throws std::logic_error if the lab has no program of that name, what Builder::Build
  // throws.
  const build::BuildResult& Of(const std::string& name);

 private:
  void Keep(const std::string& name, build::BuildResult result);

  const Assignment& assignment_;
  sandbox::Spawner& spawner_;
  Told told_;
  std::map<std::string, build::BuildResult> results_;
};

}  // namespace grader::checks
