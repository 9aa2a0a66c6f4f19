#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "grader/cli/command.h"
#include "grader/cli/errors.h"
#include "grader/cli/grading_plan.h"
#include "grader/cli/interruptible.h"
#include "grader/cli/jobs.h"
#include "grader/cli/proof.h"
#include "grader/cli/temporary_folder.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

// By which checks wrong submissions are judged: by all, or by those that must find them.
enum class Judged { kAll, kNamed };

// Which wrong submissions are judged: all, or only as many as show of each check that it finds something.
enum class Wrong { kAll, kOncePerCheck };

struct CheckLabsOptions {
  std::optional<std::string> lab;
  std::vector<std::string> only;  // patterns of case names
  std::optional<std::uint64_t> seed;
  int jobs = DefaultJobs();
  int repeat = 1;
  Judged judged = Judged::kAll;
  Wrong wrong = Wrong::kAll;
};

struct Job {
  const course::Lab* lab = nullptr;
  ProofCase proof;
};

// How one submission was judged, and what repeats the judgement.
struct Finding {
  std::vector<std::string> violations;
  report::Points points;
  std::uint64_t seed = 0;
  int runs = 0;
  std::chrono::milliseconds took{0};
};

// Judges all submissions, some at a time, and tells about each as it is judged.
class CheckLabs {
 public:
  CheckLabs(CheckLabsOptions options, const Context& context)
      : options_(std::move(options)),
        context_(context),
        installation_(FindInstallation(context.caller)),
        course_(course::LoadCourse(installation_.course_root)) {}

  ExitStatus Run() {
    PlanJobs();
    JudgeAll();
    return Summarise();
  }

 private:
  void PlanJobs() {
    for (const course::Lab& lab : course_.labs) {
      if (options_.lab && &lab != &course::FindLab(course_, *options_.lab)) continue;
      std::vector<ProofCase> cases = ProofCasesOf(lab);
      std::erase_if(cases, [&](const ProofCase& proof) { return !IsWanted(proof.name); });
      if (options_.wrong == Wrong::kOncePerCheck) cases = OncePerCheck(std::move(cases));
      for (ProofCase& proof : cases) jobs_.push_back({&lab, std::move(proof)});
    }
    if (jobs_.empty()) throw UsageError("there is no such submission to check; --only takes names such as 'wrong/*'");
    for (const Job& job : jobs_) fs::create_directories(ReferenceOf(*job.lab));
    for (const Job& job : jobs_) name_width_ = std::max(name_width_, job.proof.name.size());
  }

  bool IsWanted(const std::string& name) const {
    const auto matches = [&](const std::string& pattern) { return fnmatch(pattern.c_str(), name.c_str(), 0) == 0; };
    return options_.only.empty() || std::any_of(options_.only.begin(), options_.only.end(), matches);
  }

  void JudgeAll() {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < jobs_.size(); i = next++)
        Tell(jobs_[i], Judge(jobs_[i], stretch_.termination()));
    };
    std::vector<std::future<void>> workers;
    const std::size_t count = std::min(static_cast<std::size_t>(options_.jobs), jobs_.size());
    for (std::size_t i = 0; i < count; ++i) workers.push_back(std::async(std::launch::async, work));
    for (auto& worker : workers) worker.get();
  }

  // Repeats until a verdict is wrong. The same folder each time, so that it is built once.
  Finding Judge(const Job& job, const os::Termination& termination) const {
    const TemporaryFolder temporary("grade-check-labs");
    const fs::path lender = ReferenceOf(*job.lab);
    const fs::path folder = job.proof.name == kReference ? lender : temporary.path() / job.lab->id;
    fs::create_directories(folder);
    LayOut(job.proof, folder);
    const Submission submission{folder, job.lab->id + " " + job.proof.name};
    Finding finding;
    for (int i = 0; i < options_.repeat && finding.violations.empty(); ++i) {
      const std::uint64_t seed = options_.seed ? *options_.seed : RandomSeed();
      const GradingWishes wishes{.cache = cache_.path(),
                                 .command = RepeatCommand(job, seed),
                                 .only = ChecksFor(job.proof),
                                 .seed = seed,
                                 .lender = lender};
      const ChecksRun run = PlanGrading(installation_, course_, *job.lab, submission, wishes);
      const auto ignore = [](const auto&) {};
      const report::Grading grading = GradeWith(run, termination, {ignore, ignore});
      finding = {Violations(job.proof, grading), report::PointsOf(grading), seed, i + 1,
                 finding.took + grading.elapsed};
    }
    return finding;
  }

  // Where a lab's reference is built, whose programs serve its variants as far as they are the same.
  fs::path ReferenceOf(const course::Lab& lab) const { return references_.path() / lab.id; }

  // Patterns of checks; none: all.
  std::vector<std::string> ChecksFor(const ProofCase& proof) const {
    const bool fewer = options_.judged == Judged::kNamed && proof.expectation == Expectation::kNamedFailures;
    return fewer ? proof.variant.fails : std::vector<std::string>{};
  }

  std::string RepeatCommand(const Job& job, std::uint64_t seed) const {
    return fmt::format("{} check-labs {} --only {} --seed {}", context_.program, ShortName(*job.lab), job.proof.name,
                       seed);
  }

  void Tell(const Job& job, const Finding& finding) {
    std::string text =
        fmt::format("{}  {:<{}}  {:<5}  {:>3} of {} points  {:5.1f} s{}\n", job.lab->id, job.proof.name, name_width_,
                    finding.violations.empty() ? "ok" : "WRONG", report::PointsText(finding.points.earned),
                    report::PointsText(finding.points.total), static_cast<double>(finding.took.count()) / 1000,
                    options_.repeat > 1 ? fmt::format("  {} runs", finding.runs) : "");
    for (const std::string& line : finding.violations) text += "    " + line + "\n";
    if (!finding.violations.empty()) text += "    again: " + RepeatCommand(job, finding.seed) + "\n";
    const std::lock_guard lock(telling_);
    std::cout << text << std::flush;
    if (!finding.violations.empty()) wrong_.push_back(job.lab->id + " " + job.proof.name);
  }

  ExitStatus Summarise() const {
    if (wrong_.empty()) {
      std::cout << fmt::format("\nSubmissions judged as they deserve: {} of {}\n", jobs_.size(), jobs_.size());
      return ExitStatus::kSuccess;
    }
    std::cout << fmt::format("\nSubmissions judged wrongly: {} of {}\n", wrong_.size(), jobs_.size());
    for (const std::string& name : wrong_) std::cout << "  " << name << '\n';
    return ExitStatus::kNotFullMarks;
  }

  CheckLabsOptions options_;
  const Context& context_;
  const Interruptible stretch_;  // before all temporary folders: its end may be the process's, after theirs
  Installation installation_;
  course::Course course_;
  const TemporaryFolder cache_{"grade-check-labs-cache"};  // what no submission has a part in is built once for all
  const TemporaryFolder references_{"grade-check-labs-references"};
  std::vector<Job> jobs_;
  std::size_t name_width_ = 0;
  std::mutex telling_;
  std::vector<std::string> wrong_;
};

}  // namespace

void AddCheckLabs(const Commands& commands) {
  const auto options = std::make_shared<CheckLabsOptions>();
  Command& check = commands.line.Add("check-labs", "prove labs: grade submissions whose verdicts are known");
  check.Argument({{ValueKind::kLab}, "one lab; by default all", false}, options->lab);
  check.Option({"--only", "only submissions that match, such as 'wrong/*'; may be repeated", Value{ValueKind::kCheck}},
               options->only);
  check.Option({"--jobs", "how many are graded at one time; by default one per processor", Value{ValueKind::kNumber}},
               options->jobs);
  check.Option({"--repeat", "grade each so often: a verdict that wavers is worthless", Value{ValueKind::kNumber}},
               options->repeat);
  check.Flag(
      {"--named", "of wrong submissions judge only what they are to fail: quicker, but sees no false accusation"},
      [options] { options->judged = Judged::kNamed; });
  check.Flag(
      {"--once", "of wrong submissions judge only as many as each check needs to show what it finds: quicker still"},
      [options] { options->wrong = Wrong::kOncePerCheck; });
  check.Option({"--seed", "repeat the hidden inputs of an earlier grading", Value{ValueKind::kNumber}}, options->seed);
  check.Does([commands, options] { return CheckLabs(*options, commands.context).Run(); });
}

}  // namespace grader::cli
