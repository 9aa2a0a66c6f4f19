#include "grader/report/html_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grader/report/bounds.h"
#include "grader/report/causes.h"
#include "grader/report/explain.h"
#include "grader/report/html_check.h"
#include "grader/report/html_parts.h"
#include "grader/report/phrases.h"
#include "grader/report/when.h"

namespace grader::report {
namespace {

class StudentPage {
 public:
  StudentPage(const Grading& grading, Html& html) : grading_(grading), html_(html), causes_(FailureCauses(grading)) {}

  void Write() {
    html_.Put("a", {{"class", "skip"}, {"href", "#main"}}, "To the results");
    const Html::Scope wrap = html_.In("div", {{"class", "wrap"}});
    Top();
    {
      const Html::Scope main = html_.In("main", {{"id", "main"}});
      Faults();
      Builds();
      Failures();
      Checks();
      About();
    }
    Foot();
  }

 private:
  void Top() {
    const Html::Scope top = html_.In("header", {{"class", "top"}});
    const Subject& subject = grading_.subject;
    html_.Put("p", {{"class", "kicker"}},
              subject.lab + (subject.submission == subject.lab ? "" : " · " + subject.submission));
    html_.Put("h1", subject.title.empty() ? subject.lab : subject.title);
    const Points points = PointsOf(grading_);
    {
      const Html::Scope score = html_.In("p", {{"class", "score"}});
      html_.Put("strong", PointsText(points.earned));
      html_.Text("of " + PointsText(points.total) + " points");
    }
    PutBar(html_, points.earned, points.total);
    const Html::Scope counts = html_.In("ul", {{"class", "counts"}});
    for (const Verdict verdict :
         {Verdict::kFault, Verdict::kFailed, Verdict::kSkipped, Verdict::kPassed, Verdict::kLeftOut}) {
      const int count = CountOf(grading_, verdict);
      if (count == 0) continue;
      const Html::Scope item = html_.In("li");
      PutTag(html_, MarkOf(verdict), fmt::format("{} {}", count, MarkOf(verdict).word));
    }
  }

  void Faults() {
    const auto causes = ReasonsOf(grading_, Verdict::kFault);
    if (grading_.faults.empty() && causes.empty()) return;
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "faults"}});
    html_.Put("h2", {{"id", "faults"}}, "This grading is not final");
    html_.Put("p", kNotYourFault);
    for (const std::string& fault : grading_.faults) {
      const Html::Scope card = html_.In("article", {{"class", "card iswarn"}});
      html_.Put("p", fault);
    }
    for (const Cause& cause : causes) PutUndecided(html_, grading_, cause, AnchorOf(cause));
  }

  void Builds() {
    const auto told = [](const checks::BuildReport& build) { return !build.ok; };
    if (std::ranges::none_of(grading_.builds, told)) return;
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "builds"}});
    html_.Put("h2", {{"id", "builds"}}, "It does not build");
    for (const checks::BuildReport& build : grading_.builds) {
      if (told(build)) PutFailedBuild(html_, grading_, build);
    }
  }

  // Pictures make a page long, so only the first ones are drawn.
  void Failures() {
    if (causes_.empty()) return;
    constexpr int kMostPictures = 24;
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "failures"}});
    html_.Put("h2", {{"id", "failures"}}, "What went wrong");
    int pictures = 0;
    for (const Cause& cause : causes_) {
      const bool drawn = !cause.checks.front()->result.timeline.lanes.empty() && ++pictures <= kMostPictures;
      PutFailure(html_, grading_, cause, {AnchorOf(cause), drawn ? Picture::kDrawn : Picture::kLeftOut});
    }
  }

  void Checks() {
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "checks"}});
    html_.Put("h2", {{"id", "checks"}}, "All checks");
    const Html::Scope pan =
        html_.In("div", {{"class", "pan"}, {"tabindex", "0"}, {"role", "region"}, {"aria-labelledby", "checks"}});
    const Html::Scope table = html_.In("table");
    {
      const Html::Scope head = html_.In("thead");
      const Html::Scope row = html_.In("tr");
      for (const char* name : {"Verdict", "Check"}) html_.Put("th", {{"scope", "col"}}, name);
      html_.Put("th", {{"scope", "col"}, {"class", "num"}}, "Points");
    }
    const Html::Scope body = html_.In("tbody");
    for (const GradedCheck& check : grading_.checks) Row(check);
  }

  void Row(const GradedCheck& check) {
    const Html::Scope row = html_.In("tr");
    {
      const Html::Scope cell = html_.In("td");
      PutTag(html_, MarkOf(check.verdict), MarkOf(check.verdict).word);
    }
    {
      const Html::Scope cell = html_.In("th", {{"scope", "row"}});
      const auto anchor = anchors_.find(check.info.id);
      if (anchor == anchors_.end()) {
        html_.Text(check.info.title);
      } else {
        html_.Put("a", {{"href", "#" + anchor->second}}, check.info.title);
      }
      std::string note = check.verdict == Verdict::kPassed ? check.result.bound : "";
      if (check.verdict == Verdict::kSkipped || check.verdict == Verdict::kLeftOut) note = Summary(check);
      if (!note.empty()) {
        html_.Void("br");
        html_.Put("span", {{"class", "soft small"}}, note);
      }
    }
    html_.Put("td", {{"class", "num"}}, PointsText(check.result.points) + " of " + PointsText(check.info.points));
  }

  void About() {
    const Subject& subject = grading_.subject;
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "about"}});
    html_.Put("h2", {{"id", "about"}}, "About this grading");
    const Html::Scope list = html_.In("dl");
    const auto field = [&](const char* name, const std::string& text) {
      if (text.empty()) return;
      html_.Put("dt", name);
      html_.Put("dd", text);
    };
    field("graded", UtcSeconds(subject.started).replace(10, 1, " ") + " UTC, in " + ForPeople(grading_.elapsed));
    field("seed", std::to_string(grading_.seed));
    field("isolation", grading_.isolation);
    field("machine",
          fmt::format("{}, Linux {}, {}", subject.machine.system, subject.machine.kernel,
                      Count(static_cast<std::size_t>(std::max(subject.machine.processors, 0)), "processor")));
    field("grade", subject.version);
    html_.Put("dt", "again");
    const Html::Scope again = html_.In("dd");
    html_.Put("pre", {{"class", "command"}}, fmt::format("{} --seed {}", subject.command, grading_.seed));
  }

  void Foot() {
    const Html::Scope foot = html_.In("footer");
    html_.Put(
        "p",
        "Made by grade. Times and orders are what was observed; a verdict never rests on how long something took.");
  }

  // All checks of the cause lead there.
  std::string AnchorOf(const Cause& cause) {
    std::string anchor = fmt::format("failure-{}", ++anchor_count_);
    for (const GradedCheck* check : cause.checks) anchors_[check->info.id] = anchor;
    return anchor;
  }

  const Grading& grading_;
  Html& html_;
  std::vector<Cause> causes_;
  std::map<std::string, std::string> anchors_;  // by the check's id
  int anchor_count_ = 0;
};

}  // namespace

std::string HtmlText(const Grading& grading, Audience audience) {
  const Grading told = WithBounds(Redacted(grading, audience));
  const Points points = PointsOf(told);
  const std::string title =
      fmt::format("{}: {} of {} points", told.subject.lab, PointsText(points.earned), PointsText(points.total));
  return Document(title, [&](Html& html) { StudentPage(told, html).Write(); });
}

}  // namespace grader::report
