#include "grader/cli/installation.h"

#include <optional>

#include "grader/cli/errors.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCourseFile = "course.toml";

bool HasCourse(const fs::path& folder) {
  std::error_code unreadable;
  return fs::exists(folder / kCourseFile, unreadable);
}

// <build>/grader/cli/grade or <prefix>/bin/grade.
bool IsBuild(const fs::path& executable) { return executable.parent_path().filename() == "cli"; }

fs::path PrefixOf(const fs::path& executable) {
  const fs::path prefix = executable.parent_path().parent_path();
  return IsBuild(executable) ? prefix.parent_path() : prefix;
}

std::optional<fs::path> CourseAbove(fs::path folder) {
  while (!HasCourse(folder)) {
    if (folder == folder.parent_path()) return std::nullopt;
    folder = folder.parent_path();
  }
  return folder;
}

fs::path FindCourse(const Caller& caller) {
  if (const auto named = caller.environment("GRADE_ROOT"); named && !named->empty()) {
    fs::path root = caller.directory / *named;
    if (HasCourse(root)) return root;
    throw UsageError("GRADE_ROOT is '" + *named +
                     "', where there is no course.toml; set it to a course's folder, or unset it");
  }
  const fs::path beside = PrefixOf(caller.executable) / "share" / "grade";
  // Without links, so that messages name the checkout and not a place in the build.
  if (HasCourse(beside)) return fs::canonical(beside);
  if (const auto above = CourseAbove(caller.directory)) return *above;
  throw UsageError("no course.toml in or above this folder; go to the course's folder, or set GRADE_ROOT to it");
}

fs::path RuntimeBelow(const fs::path& prefix) { return prefix / "lib" / "grade" / "libgrade_schedule.so"; }

}  // namespace

Installation FindInstallation(const Caller& caller) {
  const fs::path prefix = PrefixOf(caller.executable);
  return {.course_root = FindCourse(caller),
          .checks = IsBuild(caller.executable) ? prefix / "labs" : prefix / "libexec" / "grade" / "labs",
          .runtime = RuntimeBelow(prefix)};
}

fs::path FindRuntime(const Caller& caller) {
  fs::path runtime = RuntimeBelow(PrefixOf(caller.executable));
  std::error_code unreadable;
  if (fs::is_regular_file(runtime, unreadable)) return fs::canonical(runtime);
  throw FaultError("the scheduler's runtime is not built (" + runtime.string() +
                   " is missing); build the grader again");
}

fs::path Installation::ChecksOf(const course::Lab& lab) const {
  fs::path executable = checks / lab.id / "checks";
  std::error_code unreadable;
  if (fs::is_regular_file(executable, unreadable)) return executable;
  throw FaultError("the checks of lab" + std::to_string(lab.number) + " are not built (" + executable.string() +
                   " is missing); build the grader again");
}

}  // namespace grader::cli
