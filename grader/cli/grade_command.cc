#include <unistd.h>

#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/cli/build_cache.h"
#include "grader/cli/command.h"
#include "grader/cli/errors.h"
#include "grader/cli/grading_plan.h"
#include "grader/cli/handed_in.h"
#include "grader/cli/interruptible.h"
#include "grader/cli/jobs.h"
#include "grader/cli/replay_token.h"
#include "grader/cli/report_files.h"
#include "grader/cli/temporary_folder.h"
#include "grader/course/nearest.h"
#include "grader/report/file.h"
#include "grader/report/progress.h"
#include "grader/report/terminal.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

enum class Verbosity { kBrief, kVerbose };

struct GradeOptions {
  std::string lab;
  std::optional<std::string> folder;
  std::vector<std::string> only;
  std::optional<std::uint64_t> seed;
  int attempt = 0;
  std::optional<std::string> replay;
  report::Steps steps = report::Steps::kLeftOut;
  std::vector<std::string> exports;
  ReportFiles files;
  int jobs = DefaultJobs();
  Verbosity verbosity = Verbosity::kBrief;
  std::optional<report::Colour> colour;  // empty: as the terminal likes
};

class Grade {
 public:
  Grade(GradeOptions options, const Context& context, std::vector<std::string> commands)
      : options_(std::move(options)), context_(context), commands_(std::move(commands)) {}

  ExitStatus Run() {
    for (const std::string& one : options_.exports) options_.files.exports.push_back(ParseExport(one));
    const Installation installation = FindInstallation(context_.caller);
    const course::Course course = course::LoadCourse(installation.course_root);
    const course::Lab& lab = FindLab(course);
    const TemporaryFolder scratch("grade-hand-in");
    const Submission submission = options_.files.exports.empty()
                                      ? FindSubmission(lab, options_.folder, context_.caller.directory)
                                      : FindHandedIn(lab, options_.folder, context_.caller.directory, scratch.path());
    TakeToken();
    const BuildCache cache(context_.caller.environment);
    const ChecksRun run = PlanGrading(installation, course, lab, submission, WishesFor(lab, submission, cache));
    ChooseFiles(lab);
    const report::Grading grading = Follow(run);
    return Publish(grading);
  }

 private:
  // What is no lab may be a slip in a command's name.
  const course::Lab& FindLab(const course::Course& course) const {
    if (const course::Lab* lab = course::FindLabIfAny(course, options_.lab)) return *lab;
    const std::string command = course::DidYouMean(options_.lab, commands_);
    if (!command.empty()) throw UsageError("no lab or command is called '" + options_.lab + "'" + command);
    return course::FindLab(course, options_.lab);
  }

  // A token says which check, and with which inputs.
  void TakeToken() {
    if (!options_.replay) return;
    if (!options_.only.empty() || options_.seed) {
      throw UsageError("--replay names the check and its inputs itself; leave --only and --seed out");
    }
    ReplayToken token = ParseReplayToken(*options_.replay);
    options_.only = {std::move(token.check)};
    options_.seed = token.seed;
    replay_ = std::move(token.schedule);
  }

  GradingWishes WishesFor(const course::Lab& lab, const Submission& submission, const BuildCache& cache) const {
    return {.cache = cache.path(),
            .command = context_.program + " " + ShortName(lab) + " " + report::ShellWord(submission.shown),
            .only = options_.only,
            .seed = options_.seed ? *options_.seed : RandomSeed(),
            .jobs = options_.jobs,
            .replay = replay_,
            .attempt = options_.attempt};
  }

  void ChooseFiles(const course::Lab& lab) {
    EnsureWritable(options_.files);
    if (options_.files.junit) return;
    options_.files.junit = DefaultJunit(lab.id, context_.caller.directory);
    EnsureWritable(options_.files);
  }

  report::Style StyleFor(int descriptor) const {
    report::Style style = report::StyleOf(descriptor, context_.caller.environment);
    style.colour = options_.colour.value_or(style.colour);
    return style;
  }

  report::Grading Follow(const ChecksRun& run) const {
    const Interruptible stretch;
    report::Progress progress(std::cerr, StyleFor(STDERR_FILENO));
    progress.Say("preparing " + run.assignment.lab);
    const auto show = [&](const checks::Event& event) { progress.Show(event); };
    const auto repeat = [&](std::string_view bytes) {
      if (options_.verbosity == Verbosity::kBrief) return;
      progress.Clear();
      std::cerr << bytes << std::flush;
    };
    return GradeWith(run, stretch.termination(), {show, repeat});
  }

  static std::optional<report::ReportError> Failure(const std::function<void()>& write) {
    try {
      write();
    } catch (const report::ReportError& error) {
      return error;
    }
    return std::nullopt;
  }

  // A report that cannot be written must not keep the verdict from the person who waits for it.
  ExitStatus Publish(const report::Grading& grading) const {
    const auto unwritten = Failure([&] { Write(options_.files, grading); });
    const auto sent_folder = unwritten ? std::nullopt : WriteSent(options_.files, grading);
    const bool verbose = options_.verbosity == Verbosity::kVerbose;
    std::cout << report::TerminalText(grading, {.style = StyleFor(STDOUT_FILENO),
                                                .detail = verbose ? report::Detail::kFull : report::Detail::kBrief,
                                                .steps = options_.steps,
                                                .junit = unwritten ? "" : options_.files.junit.value_or(""),
                                                .sent_folder = sent_folder})
              << std::flush;
    const auto unexported = Failure([&] { Export(options_.files, grading, context_.caller.environment); });
    if (unwritten) throw *unwritten;
    if (unexported) throw *unexported;
    switch (report::OverallOf(grading)) {
      case report::Overall::kFullMarks:
        return ExitStatus::kSuccess;
      case report::Overall::kNotFullMarks:
        return ExitStatus::kNotFullMarks;
      case report::Overall::kFault:
        break;
    }
    return ExitStatus::kFault;
  }

  GradeOptions options_;
  std::string replay_;
  const Context& context_;
  std::vector<std::string> commands_;
};

// "gradescope=", as completion offers them.
std::vector<std::string> Formats() {
  std::vector<std::string> formats = lms::FormatNames();
  for (std::string& format : formats) format += '=';
  return formats;
}

}  // namespace

void AddGrade(const Commands& commands) {
  const auto options = std::make_shared<GradeOptions>();
  Command& grade = commands.line.Unnamed();
  grade.Argument({{ValueKind::kLab}, "the lab: lab3, 3 or chat"}, options->lab);
  grade.Argument(
      {{ValueKind::kFolder}, "the submission; by default ./lab03-chat, ./lab3, ./chat or this folder itself", false},
      options->folder);
  grade.Option(
      {"--only", "grade only this check, or those a pattern matches; may be repeated", Value{ValueKind::kCheck}},
      options->only);
  grade.Option({"--seed", "repeat the hidden inputs of an earlier grading", Value{ValueKind::kNumber}}, options->seed);
  grade.Option({"--attempt", "of checks that try many orders or moments, only the one that a failure named",
                Value{ValueKind::kNumber}},
               options->attempt);
  grade.Option({"--replay", "only the schedule of threads that a failure named", Value{ValueKind::kToken}},
               options->replay);
  grade.Flag({"--steps", "show failures of threads step by step, a column for each thread"},
             [options] { options->steps = report::Steps::kShown; });
  grade.Option({"--junit", "the JUnit XML file; by default .grade/LAB.junit.xml", Value{ValueKind::kFile}},
               options->files.junit);
  grade.Choice({"--junit-dialect", "strict: valid by every schema (default); rich: with file, line and output",
                Value{ValueKind::kChoice, {"strict", "rich"}}},
               [options](const std::string& name) {
                 options->files.dialect = name == "rich" ? report::JunitDialect::kRich : report::JunitDialect::kStrict;
               });
  grade.Option({"--json", "also write the report as JSON", Value{ValueKind::kFile}}, options->files.json);
  grade.Option({"--export", "also write what an LMS or CI service reads; may be repeated",
                Value{ValueKind::kChoice, Formats(), "FORMAT=FILE"}},
               options->exports);
  grade.Option({"--html", "also write a page with a picture of each failed run", Value{ValueKind::kFile}},
               options->files.html);
  grade.Option({"--trace", "also write the failed runs as a trace for Perfetto", Value{ValueKind::kFile}},
               options->files.trace);
  grade.Option({"--jobs", "how many checks run at one time; by default one per processor", Value{ValueKind::kNumber}},
               options->jobs);
  grade.Flag({"--verbose", "explain every failure, and say where the time went"},
             [options] { options->verbosity = Verbosity::kVerbose; });
  grade.Flag({"--no-color", "plain text"}, [options] { options->colour = report::Colour::kNever; });
  grade.Does([commands, options] { return Grade(*options, commands.context, commands.line.Names()).Run(); });
}

}  // namespace grader::cli
