#include "grader/report/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "grader/report/bounds.h"
#include "grader/report/causes.h"
#include "grader/report/explain.h"
#include "grader/report/page.h"
#include "grader/report/text.h"
#include "grader/report/when.h"
#include "grader/report/wrap.h"

namespace grader::report {
namespace {

constexpr std::size_t kExplained = 3;  // failures a student can take in at once
constexpr std::size_t kMessageLines = 30;
constexpr std::size_t kOutputLines = 6;
constexpr std::size_t kFacts = 6;
constexpr std::size_t kFailuresOfOne = 2;

std::string Count(std::size_t n, std::string_view noun) { return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s"); }

std::string Of(double earned, double total) {
  return fmt::format("{} of {} point{}", PointsText(earned), PointsText(total), total == 1 ? "" : "s");
}

std::string TitlesOf(const std::vector<const GradedCheck*>& checks) {
  std::string titles;
  for (const GradedCheck* check : checks) {
    titles += (titles.empty() ? "" : " · ") + OneLine(check->info.title);
  }
  return titles;
}

double TotalOf(const Cause& cause) {
  double total = 0;
  for (const GradedCheck* check : cause.checks) {
    total += check->info.points;
  }
  return total;
}

double EarnedIn(const Cause& cause) {
  double earned = 0;
  for (const GradedCheck* check : cause.checks) {
    earned += check->result.points;
  }
  return earned;
}

// The first lines and the last one, with what is between counted; no newline at the end.
std::string HeadAndTail(const std::string& text, std::size_t limit) {
  const std::vector<std::string> lines = Lines(text);
  const std::size_t left_out = lines.size() > limit ? lines.size() - limit + 1 : 0;
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (left_out > 0 && i == limit - 2) {
      out += fmt::format("\n… {} left out …", Count(left_out, "line"));
      i += left_out;
    }
    out += (i == 0 ? "" : "\n") + lines[i];
  }
  return out;
}

bool IsHidden(const Cause& cause) {
  return cause.checks.front()->info.visibility == checks::Visibility::kHidden &&
         cause.checks.front()->result.failures.empty();
}

// Writes the sections of the report, in their order.
class Writer {
 public:
  Writer(const Grading& grading, const TerminalOptions& options)
      : grading_(grading), options_(options), page_(options.style) {}

  std::string Write() {
    Title();
    Faults();
    Builds();
    Failures();
    Skipped();
    Passed();
    LeftOut();
    if (Full()) {
      Times();
    }
    Score();
    return std::move(page_).Text();
  }

 private:
  bool Full() const { return options_.detail == Detail::kFull; }
  std::size_t Limit(std::size_t brief) const { return Full() ? std::string::npos : brief; }

  void Title();
  void Faults();
  void Builds();
  void FailedBuild(const checks::BuildReport& build);
  void Failures();
  void Explain(const Cause& cause);
  void Explain(const checks::Failure& failure, const std::string& run_before);
  void InShort(const Cause& cause);
  void Skipped();
  void Passed();
  void LeftOut();
  void Times();
  void Score();
  std::string Counts() const;
  std::vector<const GradedCheck*> With(Verdict verdict) const;

  const Grading& grading_;
  const TerminalOptions& options_;
  Page page_;
  bool short_ = false;  // the failures from here on are told in short
};

std::vector<const GradedCheck*> Writer::With(Verdict verdict) const {
  std::vector<const GradedCheck*> found;
  for (const GradedCheck& check : grading_.checks) {
    if (check.verdict == verdict) {
      found.push_back(&check);
    }
  }
  return found;
}

void Writer::Title() {
  const Subject& subject = grading_.subject;
  page_.Paragraph(OneLine(subject.lab) + "  " + OneLine(subject.title), Ink::kBold, 0);
  std::string facts = OneLine(subject.submission) + " · seed " + std::to_string(grading_.seed);
  if (!grading_.isolation.empty()) {
    facts += " · isolation " + OneLine(grading_.isolation);
  }
  page_.Paragraph(facts, Ink::kDim, 0);
}

void Writer::Faults() {
  for (const std::string& fault : grading_.faults) {
    page_.Gap();
    page_.Put({"FAULT", Ink::kWarning, fault, ""});
    page_.Paragraph(kNotYourFault, Ink::kPlain, 2);
  }
  for (const Cause& cause : ReasonsOf(grading_, Verdict::kFault)) {
    const GradedCheck& first = *cause.checks.front();
    const bool alone = cause.checks.size() == 1;
    page_.Gap();
    page_.Put({"FAULT", Ink::kWarning, alone ? first.info.title : Count(cause.checks.size(), "check") + " not judged",
               PointsText(TotalOf(cause)) + " points open"});
    page_.Paragraph(kNotYourFault, Ink::kPlain, 2);
    page_.Field("reason", Summary(first));
    page_.Field("checks", alone ? "" : TitlesOf(cause.checks));
    page_.Command("again", alone ? ReplayCommand(grading_, first) : "");
  }
}

void Writer::Builds() {
  for (const checks::BuildReport& build : grading_.builds) {
    if (!build.ok) {
      FailedBuild(build);
    } else if (!build.messages.empty() && Full()) {
      page_.Gap();
      page_.Put({"NOTE", Ink::kWarning, "the compiler warns about " + build.program, ""});
      page_.Verbatim(build.messages, 2);
    }
  }
}

void Writer::FailedBuild(const checks::BuildReport& build) {
  const Cause stopped = StoppedBy(grading_, build);
  const std::string note = stopped.checks.empty() ? "" : Of(EarnedIn(stopped), TotalOf(stopped));
  page_.Gap();
  page_.Put({"FAILED", Ink::kBad, build.summary, note});
  if (!build.messages.empty()) {
    page_.Gap();
    page_.Verbatim(HeadAndTail(build.messages, Limit(kMessageLines)), 2);
    page_.Gap();
  }
  if (!stopped.checks.empty()) {
    page_.Paragraph(Count(stopped.checks.size(), "check") + " could not run.", Ink::kPlain, 2);
  }
}

void Writer::Failures() {
  std::size_t told = 0;
  const std::vector<Cause> causes = FailureCauses(grading_);
  for (const Cause& cause : causes) {
    if (IsHidden(cause)) {
      continue;
    }
    if (told < Limit(kExplained)) {
      Explain(cause);
    } else {
      InShort(cause);
    }
    ++told;
  }
  if (told > Limit(kExplained)) {
    page_.Gap();
    page_.Paragraph("The first failures are explained; --verbose explains all of them.", Ink::kDim, 0);
  }
  for (const Cause& cause : causes) {
    if (IsHidden(cause)) {
      page_.Gap();
      page_.Put({"FAILED", Ink::kBad, Count(cause.checks.size(), "hidden check"), Of(EarnedIn(cause), TotalOf(cause))});
      page_.Paragraph("What hidden checks look at is for instructors.", Ink::kPlain, 2);
    }
  }
}

void Writer::Explain(const Cause& cause) {
  const GradedCheck& check = *cause.checks.front();
  const auto& failures = check.result.failures;
  page_.Gap();
  page_.Put({"FAILED", Ink::kBad, check.info.title, Of(check.result.points, check.info.points)});
  if (failures.empty()) {
    page_.Field("happened", Summary(check));
  }
  const std::size_t shown = std::min(failures.size(), Limit(kFailuresOfOne));
  for (std::size_t i = 0; i < shown; ++i) {
    Explain(failures[i], i == 0 ? "" : failures[i - 1].run);
  }
  if (shown < failures.size()) {
    page_.Field("and", Count(failures.size() - shown, "more failure"));
  }
  page_.Field("printed", HeadAndTail(Visible(check.result.output), Limit(kOutputLines)));
  page_.Field("hint", check.info.hint);
  page_.Command("again", ReplayCommand(grading_, check));
  if (cause.checks.size() > 1) {
    page_.Field("likewise", TitlesOf({cause.checks.begin() + 1, cause.checks.end()}));
  }
}

void Writer::Explain(const checks::Failure& failure, const std::string& run_before) {
  page_.Field("ran", failure.run == run_before ? "" : failure.run);
  page_.Field("expected", failure.expected);
  page_.Field("happened", failure.happened);
  std::vector<std::string> facts = failure.facts;
  if (facts.size() > Limit(kFacts)) {
    const std::size_t left_out = facts.size() - kFacts;
    facts.resize(kFacts);
    facts.push_back(fmt::format("… {} more", left_out));
  }
  page_.Bullets(facts);
  page_.Field("look at", failure.location);
}

void Writer::InShort(const Cause& cause) {
  const GradedCheck& check = *cause.checks.front();
  if (!std::exchange(short_, true)) {
    page_.Gap();
  }
  page_.Put({"FAILED", Ink::kBad, check.info.title, Of(check.result.points, check.info.points)});
  page_.Paragraph(Clipped(Summary(check), options_.style.width - 2), Ink::kPlain, 2);
  if (cause.checks.size() > 1) {
    page_.Field("likewise", TitlesOf({cause.checks.begin() + 1, cause.checks.end()}));
  }
}

void Writer::Skipped() {
  for (const Cause& cause : ReasonsOf(grading_, Verdict::kSkipped)) {
    const bool alone = cause.checks.size() == 1;
    page_.Gap();
    page_.Put({"SKIPPED", Ink::kWarning, alone ? cause.checks.front()->info.title : Count(cause.checks.size(), "check"),
               Of(0, TotalOf(cause))});
    page_.Field("reason", Summary(*cause.checks.front()));
    page_.Field("checks", alone ? "" : TitlesOf(cause.checks));
  }
}

void Writer::Passed() {
  const std::vector<const GradedCheck*> passed = With(Verdict::kPassed);
  if (passed.empty()) {
    return;
  }
  page_.Gap();
  page_.Put({"PASSED", Ink::kGood, Count(passed.size(), "check"), ""});
  const bool others = passed.size() + With(Verdict::kLeftOut).size() < grading_.checks.size();
  if (others && !Full()) {
    page_.Paragraph(TitlesOf(passed), Ink::kDim, 2);
    return;
  }
  for (const GradedCheck* check : passed) {
    page_.Row(check->info.title, PointsText(check->result.points));
    if (Full()) {
      page_.Verbatim(check->result.output, 4);
    }
  }
}

void Writer::LeftOut() {
  if (const std::size_t count = With(Verdict::kLeftOut).size(); count > 0) {
    page_.Gap();
    page_.Paragraph(Count(count, "check") + " not asked for by --only", Ink::kDim, 0);
  }
}

void Writer::Times() {
  page_.Gap();
  page_.Put({"TIME", Ink::kBold, "", ForPeople(grading_.elapsed)});
  for (const checks::BuildReport& build : grading_.builds) {
    page_.Row("build " + build.program + (build.cached ? ", unchanged since it was built" : ""), ForPeople(build.took));
  }
  for (const GradedCheck& check : grading_.checks) {
    if (check.verdict != Verdict::kLeftOut && check.verdict != Verdict::kSkipped) {
      page_.Row(check.info.title, ForPeople(check.result.took));
    }
  }
  const Machine& machine = grading_.subject.machine;
  page_.Paragraph(fmt::format("on {}, {}, Linux {}, {}, grade {}", OneLine(machine.host), OneLine(machine.system),
                              OneLine(machine.kernel), Count(static_cast<std::size_t>(machine.processors), "processor"),
                              OneLine(grading_.subject.version)),
                  Ink::kDim, 2);
}

std::string Writer::Counts() const {
  std::string counts;
  const std::pair<Verdict, std::string_view> words[] = {{Verdict::kPassed, "passed"},
                                                        {Verdict::kFailed, "failed"},
                                                        {Verdict::kSkipped, "skipped"},
                                                        {Verdict::kFault, "not judged"}};
  for (const auto& [verdict, word] : words) {
    if (const int count = CountOf(grading_, verdict); count > 0) {
      counts += fmt::format("{} {}, ", count, word);
    }
  }
  return counts + ForPeople(grading_.elapsed);
}

void Writer::Score() {
  const Points points = PointsOf(grading_);
  const Cause left_out{With(Verdict::kLeftOut)};
  const bool all_asked = left_out.checks.empty();
  const std::string score =
      all_asked ? Of(points.earned, points.total)
                : fmt::format("{} (the lab has {})", Of(points.earned, points.total - TotalOf(left_out)),
                              PointsText(points.total));
  page_.Gap();
  switch (OverallOf(grading_)) {
    case Overall::kFullMarks:
      page_.Put({all_asked ? "Full marks:" : "All passed:", Ink::kGood, score, Counts()});
      break;
    case Overall::kNotFullMarks:
      page_.Put({"Score:", Ink::kBad, score, Counts()});
      break;
    case Overall::kFault:
      page_.Put({"Not final:", Ink::kWarning, score + " so far", Counts()});
      page_.Paragraph("Please grade again; if it stays like this, show it to your instructor.", Ink::kPlain, 0);
      break;
  }
  if (!options_.junit.empty()) {
    page_.Paragraph("JUnit XML: " + OneLine(options_.junit), Ink::kDim, 0);
  }
}

}  // namespace

std::string TerminalText(const Grading& grading, const TerminalOptions& options) {
  const Grading shown = WithBounds(Redacted(grading, options.audience));
  return WithoutLogCommands(Writer(shown, options).Write());
}

}  // namespace grader::report
