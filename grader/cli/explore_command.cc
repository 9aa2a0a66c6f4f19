#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/build/builder.h"
#include "grader/cli/build_cache.h"
#include "grader/cli/command.h"
#include "grader/cli/errors.h"
#include "grader/cli/explore_text.h"
#include "grader/cli/explored_files.h"
#include "grader/observe/outcome.h"
#include "grader/report/text.h"
#include "grader/sandbox/spawner.h"
#include "grader/schedule/explorer.h"
#include "grader/schedule/steps_table.h"
#include "grader/schedule/story.h"
#include "grader/schedule/token.h"

namespace grader::cli {
namespace {

constexpr int kUsualSchedules = 1000;
constexpr std::size_t kMostOutput = 4096;

struct ExploreOptions {
  std::vector<std::string> files;
  std::vector<std::string> flags;
  std::vector<std::string> arguments;
  std::optional<std::uint64_t> schedules;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> replay;
  bool steps = false;
  std::optional<report::Colour> colour;
};

class Exploring {
 public:
  Exploring(const ExploreOptions& options, const Context& context) : options_(options), context_(context) {}

  ExitStatus Run() {
    const auto token = WantedToken();
    const ExploredFiles files = FindExplored(options_.files, options_.flags, context_.caller.directory);
    const auto runtime = FindRuntime(context_.caller);
    const BuildCache cache(context_.caller.environment);
    const auto spawner = sandbox::Spawner::Start();
    const auto built = Build(*spawner, cache, files, runtime);
    if (!built) return ExitStatus::kUsage;
    try {
      return token ? Replay(*spawner, files, *built, *token) : Search(*spawner, files, *built);
    } catch (const schedule::UnsupportedCall& call) {
      throw FaultError(std::string("the scheduler has no model of ") + call.what() +
                       ", which the program calls; nothing is said about it");
    }
  }

 private:
  std::optional<schedule::Token> WantedToken() const {
    if (!options_.replay) return std::nullopt;
    if (auto token = schedule::TokenFromText(*options_.replay)) return token;
    throw UsageError("'" + *options_.replay +
                     "' is no token of a schedule; copy the one that was shown behind --replay");
  }

  std::optional<build::Program> Build(sandbox::Spawner& spawner, const BuildCache& cache, const ExploredFiles& files,
                                      const std::filesystem::path& runtime) const {
    build::Target target;
    target.name = std::filesystem::path(files.sources.front()).stem().string();
    target.sources = files.sources;
    target.flags = files.flags;
    target.runtime = runtime;
    auto built = build::Builder(spawner, cache.path()).Build(files.folder, target);
    if (built.status == build::BuildStatus::kBuilt) return built.program;
    std::cerr << report::Visible(built.messages) << "grade: " << report::OneLine(built.summary) << std::endl;
    return std::nullopt;
  }

  schedule::Subject SubjectOf(const build::Program& program) const {
    schedule::Subject subject;
    subject.command.argv = program.argv;
    subject.command.argv.insert(subject.command.argv.end(), options_.arguments.begin(), options_.arguments.end());
    subject.files = program.files;
    return subject;
  }

  ExitStatus Search(sandbox::Spawner& spawner, const ExploredFiles& files, const build::Program& program) {
    schedule::Explorer explorer(spawner, SubjectOf(program));
    schedule::Plan plan;
    plan.seed = options_.seed.value_or(0);
    plan.schedules = static_cast<int>(options_.schedules.value_or(kUsualSchedules));
    std::set<std::string> outputs;
    bool left_behind = false;
    const auto found = explorer.Search(plan, [&](const schedule::Answer& answer, int) {
      outputs.insert(answer.out);
      left_behind |= answer.result.left_behind > 0;
      return answer.result.status == 0 ? schedule::Judged::kGoOn : schedule::Judged::kStop;
    });
    if (!found.ended_early.empty()) {
      return Say({.found = true, .happened = "the program " + found.ended_early + " before main() began"});
    }
    if (found.stop) return Say(Telling(files, program, *found.stop));
    if (found.schedules == 0) {
      throw FaultError(
          "the program is too long for the scheduler: no run had ended after 20 million steps; nothing is said about "
          "it. Give it less to do: smaller loops, fewer items");
    }
    ExploreText text;
    text.happened = schedule::BoundOf(found);
    if (outputs.size() > 1) {
      text.notes.push_back(
          fmt::format("what it prints depends on the order of its threads: {} different outputs", outputs.size()));
    }
    if (left_behind)
      text.notes.emplace_back("in some schedules main() returned while other threads were still running");
    return Say(text);
  }

  ExitStatus Replay(sandbox::Spawner& spawner, const ExploredFiles& files, const build::Program& program,
                    const schedule::Token& token) {
    schedule::Explorer explorer(spawner, SubjectOf(program));
    const schedule::Stop stop{0, token.recipe, explorer.Replay(token.recipe)};
    const bool same_run = schedule::Folded(stop.answer.result.hash) == token.hash;
    const bool same_program = schedule::ProgramDigest(program.host) == token.program;
    if (same_program && !same_run && !schedule::HasFinding(stop.answer))
      throw FaultError("the schedule took another course when it was replayed");
    ExploreText text = Telling(files, program, stop);
    if (!same_program) text.notes.emplace_back("the program has changed since this token was made");
    return Say(text);
  }

  ExploreText Telling(const ExploredFiles& files, const build::Program& program, const schedule::Stop& stop) const {
    schedule::CodeMap code(program.host);
    schedule::SourceLines lines(files.folder);
    schedule::Scene scene(stop.answer, code, lines);
    const auto& result = stop.answer.result;
    const bool by_itself = !schedule::HasFinding(stop.answer);
    schedule::Story story;
    if (by_itself) story.happened = "it " + observe::Describe(observe::Exited{result.status});
    if (!by_itself) story = schedule::Tell(scene);
    ExploreText text;
    text.found = !by_itself || result.status != 0;
    text.happened = text.found ? story.happened : story.happened + " in this schedule";
    text.facts = std::move(story.facts);
    text.location = std::move(story.location);
    text.hint = std::move(story.hint);
    text.printed = Printed(stop.answer);
    text.steps = options_.steps ? schedule::StepsTable(scene) : "";
    text.schedule = ScheduleWords(stop);
    text.again = Again(stop, program);
    return text;
  }

  static std::string Printed(const schedule::Answer& answer) {
    std::string printed = answer.out.substr(0, kMostOutput);
    if (!answer.err.empty()) printed += "--- stderr ---\n" + answer.err.substr(0, kMostOutput);
    return printed;
  }

  static std::string ScheduleWords(const schedule::Stop& stop) {
    std::string words = stop.number > 0 ? fmt::format("number {}, ", stop.number) : "";
    words += "by strategy " + schedule::NameOf(stop.recipe.strategy);
    const std::string disturbances = schedule::DisturbancesOf(stop.recipe);
    return disturbances.empty() ? words : words + ", with " + disturbances;
  }

  std::string Again(const schedule::Stop& stop, const build::Program& program) const {
    const schedule::Token token{stop.recipe, schedule::Folded(stop.answer.result.hash),
                                schedule::ProgramDigest(program.host)};
    std::string command = context_.program + " explore";
    for (const auto* words : {&options_.files, &options_.flags}) {
      for (const std::string& word : *words) command += " " + report::ShellWord(word);
    }
    command += " --replay " + report::ShellWord(schedule::ToText(token)) + " --steps";
    if (!options_.arguments.empty()) command += " --";
    for (const std::string& word : options_.arguments) command += " " + report::ShellWord(word);
    return command;
  }

  ExitStatus Say(const ExploreText& text) const {
    report::Style style = report::StyleOf(STDOUT_FILENO, context_.caller.environment);
    style.colour = options_.colour.value_or(style.colour);
    std::cout << Written(text, style);
    return text.found ? ExitStatus::kNotFullMarks : ExitStatus::kSuccess;
  }

  const ExploreOptions& options_;
  const Context& context_;
};

}  // namespace

void AddExplore(const Commands& commands) {
  const auto options = std::make_shared<ExploreOptions>();
  Command& explore =
      commands.line.Add("explore", "run any C++ program of threads under many schedules, to find its bugs");
  explore.Arguments({{ValueKind::kFile}, "its source files; arguments of the program itself go behind --"},
                    options->files);
  explore.PassOn({"-O", "-D", "-U", "-I", "-W", "-f", "-m", "-l", "-std="}, options->flags, options->arguments);
  explore.Option({"--schedules", "about how many to try; 1000 by default", Value{ValueKind::kNumber}},
                 options->schedules);
  explore.Option({"--seed", "try others than those of seed 0", Value{ValueKind::kNumber}}, options->seed);
  explore.Option({"--replay", "only the schedule that was found", Value{ValueKind::kToken}}, options->replay);
  explore.Flag({"--steps", "show it step by step, a column for each thread"}, [options] { options->steps = true; });
  explore.Flag({"--no-color", "plain text"}, [options] { options->colour = report::Colour::kNever; });
  explore.Does([commands, options] { return Exploring(*options, commands.context).Run(); });
}

}  // namespace grader::cli
