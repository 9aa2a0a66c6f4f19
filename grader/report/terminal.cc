#include "grader/report/terminal.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "grader/report/bounds.h"
#include "grader/report/causes.h"
#include "grader/report/page.h"
#include "grader/report/phrases.h"
#include "grader/report/text.h"
#include "grader/report/unpassed.h"
#include "grader/report/when.h"

namespace grader::report {
namespace {

// Writes the sections of the report, in their order.
class Writer {
 public:
  Writer(const Grading& grading, const TerminalOptions& options)
      : grading_(grading), options_(options), page_(options.style) {}

  std::string Write() {
    Title();
    Unpassed(grading_, options_, page_).Write();
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

  void Title();
  void Passed();
  void LeftOut();
  void Times();
  void Score();
  std::string Counts() const;
  std::vector<const GradedCheck*> With(Verdict verdict) const;

  const Grading& grading_;
  const TerminalOptions& options_;
  Page page_;
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
    if (!check->result.bound.empty()) {
      page_.Paragraph(check->result.bound, Ink::kDim, 4);
    }
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
