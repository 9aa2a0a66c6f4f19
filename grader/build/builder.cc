#include "grader/build/builder.h"

#include <fmt/format.h>

#include <utility>

#include "grader/build/cache.h"
#include "grader/build/compiler.h"
#include "grader/build/driver_objects.h"
#include "grader/build/remark.h"
#include "grader/build/scratch_folder.h"
#include "grader/build/source_files.h"

namespace grader::build {
namespace {

namespace fs = std::filesystem;

// What the student should know besides the compiler's messages. Each begins with kRemark.
std::string Remarks(const fs::path& submission, const Inputs& inputs) {
  std::string remarks;
  const auto& target = inputs.target;
  if (inputs.language == Language::kCpp && !target.sources.empty() && HasPythonForm(submission, target)) {
    remarks += fmt::format("{0}{1} is used; {2}.py is ignored. Remove {1} to hand in Python.\n", kRemark,
                           target.sources.front(), target.name);
  }
  for (const auto& refused : inputs.submission.refused)
    remarks += fmt::format("{}{}; it was left out\n", kRemark, refused);
  return remarks;
}

BuildResult Missing(const Inputs& inputs) {
  BuildResult result;
  result.status = BuildStatus::kMissing;
  result.summary = inputs.submission.problem;
  const bool absent = result.summary.ends_with(" is missing");
  if (absent && inputs.target.accept_python) result.summary += fmt::format(", and so is {}.py", inputs.target.name);
  return result;
}

Program MakeProgram(const Inputs& inputs, fs::path artefact) {
  Program program;
  program.name = inputs.target.name;
  program.host = std::move(artefact);
  program.python = inputs.language == Language::kPython;
  const auto inside = "/box/" + program.name;
  if (program.python) {
    program.argv = {"/usr/bin/python3", inside + ".py"};
    program.files.views = {{program.host, "/box"}};
  } else {
    program.argv = {inside};
    program.files.views = {{program.host, inside}};
    if (!inputs.target.runtime.empty()) program.files.views.push_back({inputs.target.runtime, kRuntimeInside});
  }
  return program;
}

}  // namespace

Builder::Builder(sandbox::Spawner& spawner, fs::path cache, fs::path lender)
    : spawner_(spawner), cache_(std::move(cache)), lender_(std::move(lender)) {}

BuildResult Builder::Build(const fs::path& submission, const Target& target) {
  const auto start = std::chrono::steady_clock::now();
  const auto language = target.runtime.empty() ? ChooseLanguage(submission, target) : Language::kCpp;
  Inputs inputs{.target = target, .language = language, .submission = {}, .extra = {}};
  inputs.submission = ReadSubmission(submission, target, inputs.language);
  if (!inputs.submission.problem.empty()) return Missing(inputs);
  BuildResult result;
  Compiled drivers;
  if (inputs.language == Language::kCpp && !target.extra_sources.empty()) {
    inputs.extra = ReadExtraSources(target);
    drivers = CompileDrivers(spawner_, cache_, inputs);
  }
  if (drivers.status == BuildStatus::kBuilt) {
    result = BuildProgram(submission, inputs);
  } else {
    result.status = drivers.status;
    result.summary = drivers.summary;
  }
  result.messages = Remarks(submission, inputs) + drivers.messages + result.messages;
  result.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  return result;
}

BuildResult Builder::BuildProgram(const fs::path& submission, const Inputs& inputs) {
  Cache cache(cache_, submission);
  const auto key = KeyOf(inputs);
  auto compiled = cache.Find(key);
  if (!compiled && !lender_.empty()) {
    const Cache lent(cache_, lender_);
    compiled = lent.Find(key);
    if (compiled) cache = lent;
  }
  BuildResult result;
  result.cached = compiled.has_value();
  if (!compiled) {
    const ScratchFolder staging(cache.folder());
    compiled = Compile(spawner_, inputs, staging.path());
    if (compiled->repeatable) cache.Keep(key, inputs, *compiled);
  }
  result.status = compiled->status;
  result.summary = compiled->summary;
  result.messages = compiled->messages;
  if (result.status == BuildStatus::kBuilt) {
    result.program = MakeProgram(inputs, cache.Artefact(key, inputs.target, inputs.language));
  }
  return result;
}

}  // namespace grader::build
