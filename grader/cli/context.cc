#include "grader/cli/context.h"

#include <filesystem>

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

// A built grade is called through the launcher of its checkout.
std::string ProgramName(const Caller& caller, const std::string& argv0) {
  const fs::path build = caller.executable.parent_path().parent_path().parent_path();
  const fs::path launcher = build / "share" / "grade" / "grade";
  std::error_code none;
  if (!fs::is_regular_file(launcher, none)) return argv0;
  const fs::path checkout = fs::canonical(launcher).parent_path();
  if (caller.directory == checkout) return "./grade";
  const std::string relative = checkout.lexically_relative(caller.directory).string();
  const bool is_near = relative == ".." || relative == "../.." || !relative.starts_with("..");
  return ((is_near ? fs::path(relative) : checkout) / "grade").string();
}

}  // namespace

Context ContextOf(const char* argv0) {
  Context context;
  context.caller = {fs::read_symlink("/proc/self/exe"), fs::current_path(), report::FromProcess};
  context.program = ProgramName(context.caller, argv0 == nullptr ? "grade" : argv0);
  // Called by a path it is a course's launcher, which students have too; else an installed command.
  context.program_elsewhere = context.program.find('/') == std::string::npos ? "grade" : "./grade";
  return context;
}

}  // namespace grader::cli
