#include "grader/checks/check_context.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "grader/checks/errors.h"

namespace grader::checks {

CheckContext::CheckContext(const Assignment& assignment, sandbox::Spawner& spawner, Builds& builds)
    : assignment_(assignment), spawner_(spawner), builds_(builds) {}

const build::Program& CheckContext::Program(const std::string& name) {
  if (name.empty() && assignment_.programs.empty()) throw std::logic_error("the lab has no program");
  const auto& wanted = name.empty() ? assignment_.programs.front().name : name;
  for (const build::Target& target : assignment_.programs) {
    if (target.name == wanted && !target.runtime.empty()) {
      throw std::logic_error(wanted + " is a scheduled program, for Explore() only");
    }
  }
  return Built(wanted);
}

const build::Program& CheckContext::Built(const std::string& wanted) {
  const auto& built = builds_.Of(wanted);
  if (built.status != build::BuildStatus::kBuilt) throw BuildFailedError(wanted, built.summary);
  return built.program;
}

const build::Program& CheckContext::ScheduledProgram(const std::string& name) {
  for (const build::Target& target : assignment_.programs) {
    if (!target.runtime.empty() && (name.empty() || name == target.name)) return Built(target.name);
  }
  if (name.empty()) throw std::logic_error("the lab has no scheduled program; name one that is to be");
  const auto known = twins_.find(name);
  if (known != twins_.end()) return known->second;
  build::Target twin = TargetOf(name);
  twin.runtime = assignment_.runtime;
  return twins_.emplace(name, Build(twin).program).first->second;
}

const build::Target& CheckContext::TargetOf(const std::string& name) const {
  const auto target = std::ranges::find(assignment_.programs, name, &build::Target::name);
  if (target == assignment_.programs.end()) throw std::logic_error("the lab has no program called " + name);
  return *target;
}

build::BuildResult CheckContext::Build(const build::Target& target) {
  auto built = build::Builder(spawner_, assignment_.cache, assignment_.lender).Build(assignment_.submission, target);
  if (built.status != build::BuildStatus::kBuilt) throw BuildFailedError(target.name, built.summary);
  return built;
}

const CheckContext::Watched& CheckContext::RaceDetecting(const std::string& name) {
  const auto& wanted = name.empty() ? assignment_.programs.front().name : name;
  const auto known = race_detecting_.find(wanted);
  if (known != race_detecting_.end()) return known->second;
  auto built = Build(WithRaceDetector(TargetOf(wanted), assignment_.cache));
  Watched watched{std::move(built.program), FencesOf(built.messages)};
  return race_detecting_.emplace(wanted, std::move(watched)).first->second;
}

const build::Program& CheckContext::Probe(const std::string& name) {
  const auto known = probes_.find(name);
  if (known != probes_.end()) return known->second;
  build::Target target;
  target.name = name;
  target.sources = {name + ".cpp"};
  auto built = build::Builder(spawner_, assignment_.cache).Build(assignment_.lab_folder / "probes", target);
  if (built.status != build::BuildStatus::kBuilt) throw std::logic_error("probe " + name + ": " + built.summary);
  // Apart from /box, which is a Python submission's folder: nothing can be put into it.
  const auto inside = "/probe/" + name;
  built.program.argv = {inside};
  built.program.files.views = {{built.program.host, inside}};
  return probes_.emplace(name, std::move(built.program)).first->second;
}

const Answers& CheckContext::answers() {
  if (!answers_) answers_ = Answers::Load(assignment_.submission);
  return *answers_;
}

}  // namespace grader::checks
