#include "grader/build/compiler.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <stdexcept>

#include "grader/build/diagnostics.h"
#include "grader/build/reserved_names.h"
#include "grader/build/scratch_folder.h"
#include "grader/observe/run.h"
#include "grader/sandbox/places.h"

namespace grader::build {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCompiler = "/usr/bin/g++";
constexpr const char* kPython = "/usr/bin/python3";
constexpr const char* kExecutable = "program";

// Says what Python's parser says, about the file alone: nothing is imported from the submission (-I), nothing runs.
constexpr const char* kParse = R"(
import sys, traceback
name = sys.argv[1]
try:
    compile(open(name, 'rb').read(), name, 'exec')
except Exception as error:
    sys.stderr.write(''.join(traceback.format_exception_only(type(error), error)))
    sys.exit(1)
)";

// A frame pointer and real calls give whole stacks; -O1 is near what students run, and quick.
std::vector<std::string> DefaultFlags() {
  return {"-std=c++20",
          "-O1",
          "-g",
          "-Wall",
          "-Wextra",
          "-fno-omit-frame-pointer",
          "-fno-optimize-sibling-calls",
          "-pthread",
          "-fmax-errors=20",
          "-fdiagnostics-color=never",
          "-I/submission"};
}

// Instrumentation only: the driver of g++ must not see that flag when it links, or it adds a thread sanitizer of its
// own. Addresses of code are the same in every run (-no-pie). libstdc++ 12's counting_semaphore can lose a wake-up;
// with the system's semaphores inside it cannot. Races in memcpy are seen where it is a call.
std::vector<std::string> ScheduledFlags() {
  return {"-Wp,-fsanitize=thread",
          "-Wno-tsan",
          "-D_GLIBCXX_USE_POSIX_SEMAPHORE",
          "-fno-builtin-memcpy",
          "-fno-builtin-memset",
          "-no-pie",
          "-fno-pie"};
}

// Read before all else of a program that is instrumented. Nobody may leave its accesses to memory unwatched; there is
// no way back from this pragma (Pragmas, The C Preprocessor).
constexpr const char* kWatched = "watched.h";
constexpr const char* kWatchedInside = "/extra/watched.h";
constexpr const char* kWatchedText =
    "#pragma GCC poison no_sanitize __no_sanitize__ no_sanitize_thread __no_sanitize_thread__\n";

// The runtime stands before the standard libraries, so that what it defines is used instead of theirs.
void AddRuntime(const Inputs& inputs, std::vector<std::string>& command) {
  if (inputs.target.runtime.empty() || inputs.product == Product::kObject) return;
  command.emplace_back(kRuntimeInside);
  command.insert(command.end(), {"-Wl,-rpath,/runtime", "-Wl,-z,now"});
}

sandbox::Limits CompileLimits() {
  sandbox::Limits limits;
  limits.cpu_time = 20s;
  limits.wall_time = 60s;
  limits.memory = os::MiB(1024);
  limits.processes = 32;
  limits.file_size = os::MiB(64);
  limits.disk = os::MiB(128);
  limits.output = os::MiB(1);
  return limits;
}

observe::RunRequest MakeRequest(const Inputs& inputs, const std::filesystem::path& staging) {
  WriteFiles(staging / "submission", inputs.submission.files);
  WriteFiles(staging / "extra", inputs.extra);
  if (!inputs.target.runtime.empty()) WriteFiles(staging / "extra", {{kWatched, kWatchedText}});
  observe::RunRequest request;
  request.command.argv = CompileCommand(inputs);
  request.command.directory = "/submission";
  request.files.views = {{staging / "submission", "/submission"}, {staging / "extra", "/extra"}};
  if (!inputs.target.runtime.empty()) request.files.views.push_back({inputs.target.runtime, kRuntimeInside});
  request.limits = CompileLimits();
  request.level = observe::TraceLevel::kNone;
  if (inputs.language == Language::kCpp) request.collect = {kExecutable};
  return request;
}

// "reap.cpp", or "server.cpp and 2 more".
std::string NameOf(const Inputs& inputs) {
  if (inputs.language == Language::kPython) return inputs.target.name + ".py";
  const auto& sources = inputs.target.sources;
  if (sources.size() == 1) return sources.front();
  return sources.empty() ? inputs.target.name : fmt::format("{} and {} more", sources.front(), sources.size() - 1);
}

std::string Count(int n, const char* one, const char* many) { return fmt::format("{} {}", n, n == 1 ? one : many); }

// Why compiling went over its bounds, empty if it did not.
std::string Excess(const observe::Outcome& outcome, const Diagnostics& diagnostics) {
  if (std::holds_alternative<observe::OutOfTime>(outcome)) return "compiling it takes too long";
  if (std::holds_alternative<observe::OutOfMemory>(outcome)) return "compiling it takes too much memory";
  if (std::holds_alternative<observe::TooManyProcesses>(outcome)) return "compiling it takes too many processes";
  if (std::holds_alternative<observe::TooMuchOutput>(outcome)) return "the compiler's messages have no end";
  if (diagnostics.too_large) return "the program would be larger than 64 MiB";
  return {};
}

std::string Refusal(const Inputs& inputs, const Diagnostics& diagnostics) {
  if (inputs.product == Product::kObject) {
    return "a program that uses your headers does not compile (" + Count(diagnostics.errors, "error", "errors") +
           "): keep what is fixed in them";
  }
  if (inputs.language == Language::kPython) return NameOf(inputs) + " is not valid Python";
  if (diagnostics.errors > 0) {
    return NameOf(inputs) + " does not compile: " + Count(diagnostics.errors, "error", "errors");
  }
  if (diagnostics.no_main) return NameOf(inputs) + " has no main()";
  if (diagnostics.undefined > 0) {
    return NameOf(inputs) + " does not link: " + Count(diagnostics.undefined, "undefined name", "undefined names");
  }
  return NameOf(inputs) + " does not compile";
}

bool EndedWell(const observe::Outcome& outcome) {
  const auto* exited = std::get_if<observe::Exited>(&outcome);
  return exited != nullptr && exited->code == 0;
}

// What a run that ended by itself, by a signal or by a limit means. Every other end is ours.
void RequireStudentsOutcome(const observe::Outcome& outcome) {
  if (const auto* fault = std::get_if<observe::GraderFault>(&outcome)) throw std::runtime_error(fault->what);
  if (const auto* error = std::get_if<observe::CouldNotStart>(&outcome)) {
    throw std::system_error(error->error, std::generic_category(), "starting the compiler in the sandbox");
  }
}

// What a program under the scheduler takes from the runtime, as a sentence part; empty if it takes nothing.
std::string Usurped(const Inputs& inputs, const std::string& executable) {
  if (inputs.target.runtime.empty() || inputs.product == Product::kObject) return {};
  const auto names = NamesInBoth(executable, ReadWholeFile(inputs.target.runtime));
  if (names.empty()) return {};
  return fmt::format("defines {}, which is the system's: take it out, or give it another name", names.front());
}

Compiled Classify(const Inputs& inputs, observe::Observation run) {
  RequireStudentsOutcome(run.outcome);
  const auto diagnostics = ReadDiagnostics(sandbox::WithoutBases(run.err.head));
  Compiled compiled;
  compiled.messages = diagnostics.text;
  const auto program = run.collected.find(kExecutable);
  const bool made = inputs.language == Language::kPython || program != run.collected.end();
  if (EndedWell(run.outcome) && made) {
    compiled.summary = NameOf(inputs) + " is built";
    if (diagnostics.warnings > 0) compiled.summary += ", with " + Count(diagnostics.warnings, "warning", "warnings");
    if (program != run.collected.end()) compiled.executable = std::move(program->second);
    if (const auto usurped = Usurped(inputs, compiled.executable); !usurped.empty()) {
      compiled.status = BuildStatus::kCompileError;
      compiled.summary = NameOf(inputs) + " " + usurped;
      compiled.executable.clear();
    }
    return compiled;
  }
  const auto excess = Excess(run.outcome, diagnostics);
  const auto* time = std::get_if<observe::OutOfTime>(&run.outcome);
  compiled.repeatable = time == nullptr || time->limit == sandbox::Limit::kCpuTime;
  compiled.status = excess.empty() ? BuildStatus::kCompileError : BuildStatus::kTooExpensive;
  compiled.summary = excess.empty() ? Refusal(inputs, diagnostics) : NameOf(inputs) + ": " + excess;
  return compiled;
}

}  // namespace

std::vector<std::string> CompileCommand(const Inputs& inputs) {
  if (inputs.language == Language::kPython) return {kPython, "-I", "-c", kParse, inputs.target.name + ".py"};
  std::vector<std::string> command = {kCompiler};
  for (auto& flag : DefaultFlags()) command.push_back(std::move(flag));
  if (!inputs.target.runtime.empty()) {
    for (auto& flag : ScheduledFlags()) command.push_back(std::move(flag));
    command.insert(command.end(), {"-include", kWatchedInside});
  }
  if (inputs.product == Product::kObject) command.emplace_back("-c");
  command.insert(command.end(), {"-o", std::string("/work/") + kExecutable});
  for (const auto& source : inputs.target.sources) command.push_back(source);
  for (const auto& source : inputs.target.extra_sources) command.push_back("/extra/" + source.filename().string());
  AddRuntime(inputs, command);
  // Last, as a library must stand after what uses it.
  command.insert(command.end(), inputs.target.flags.begin(), inputs.target.flags.end());
  return command;
}

std::string CompilerIdentity(Language language) {
  const std::filesystem::path tool = language == Language::kCpp ? kCompiler : kPython;
  struct stat status = {};
  if (stat(tool.c_str(), &status) != 0) throw std::runtime_error(tool.string() + " is not installed");
  return fmt::format("{} {} {}.{}", std::filesystem::canonical(tool).string(), status.st_size, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

Compiled Compile(sandbox::Spawner& spawner, const Inputs& inputs, const std::filesystem::path& staging) {
  return Classify(inputs, observe::Observe(spawner, MakeRequest(inputs, staging)));
}

}  // namespace grader::build
