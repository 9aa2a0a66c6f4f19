#include "grader/report/html_check.h"

#include <fmt/format.h>

#include "grader/report/explain.h"
#include "grader/report/html_parts.h"
#include "grader/report/phrases.h"
#include "grader/report/sent.h"
#include "grader/report/text.h"
#include "grader/report/timeline.h"

namespace grader::report {
namespace {

constexpr std::size_t kOutputLines = 40;

void Field(Html& html, const char* name, const std::string& text) {
  if (text.empty()) return;
  html.Put("dt", name);
  html.Put("dd", text);
}

void CodeField(Html& html, const char* name, const std::string& text) {
  if (text.empty()) return;
  html.Put("dt", name);
  const Html::Scope value = html.In("dd");
  html.Put("code", text);
}

void Head(Html& html, const std::string& title, const std::string& note) {
  const Html::Scope head = html.In("div", {{"class", "head"}});
  html.Put("h3", title);
  html.Put("span", {{"class", "soft"}}, note);
}

void Evidence(Html& html, const checks::Failure& failure, const std::string& run_before) {
  const Html::Scope list = html.In("dl");
  if (failure.run != run_before) CodeField(html, "ran", failure.run);
  Field(html, "expected", failure.expected);
  Field(html, "happened", failure.happened);
  if (!failure.facts.empty()) {
    html.Put("dt", "observed");
    const Html::Scope value = html.In("dd");
    const Html::Scope facts = html.In("ul");
    for (const std::string& fact : failure.facts) html.Put("li", fact);
  }
  CodeField(html, "look at", failure.location);
}

void Again(Html& html, const std::string& command) {
  html.Put("p", {{"class", "soft small"}}, "See it again:");
  html.Put("pre", {{"class", "command"}}, OneLine(command));
}

void Folded(Html& html, const char* name, const std::string& text) {
  if (text.empty()) return;
  const Html::Scope details = html.In("details");
  html.Put("summary", name);
  html.Put("pre", text);
}

void Likewise(Html& html, const Cause& cause) {
  if (cause.checks.size() < 2) return;
  html.Put("p", {{"class", "soft"}}, "Likewise: " + TitlesOf({cause.checks.begin() + 1, cause.checks.end()}));
}

}  // namespace

void PutFailure(Html& html, const Grading& grading, const Cause& cause, const CardOptions& options) {
  const GradedCheck& check = *cause.checks.front();
  const bool hidden = check.info.visibility == checks::Visibility::kHidden && check.result.failures.empty();
  const Html::Scope card = html.In("article", {{"class", "card isbad"}, {"id", options.anchor}});
  Head(html, hidden ? Count(cause.checks.size(), "hidden check") : check.info.title,
       Of(EarnedIn(cause), TotalOf(cause)));
  if (hidden) {
    html.Put("p", "What hidden checks look at is for instructors.");
    return;
  }
  if (check.result.failures.empty()) html.Put("p", Summary(check));
  std::string run;
  for (const checks::Failure& failure : check.result.failures) {
    Evidence(html, failure, run);
    run = failure.run;
  }
  const std::string hint = HintFor(grading, check);
  if (!hint.empty()) {
    const Html::Scope box = html.In("p", {{"class", "hint"}});
    html.Put("strong", "Hint");
    html.Text(" " + hint);
  }
  if (options.picture == Picture::kDrawn) PutTimeline(html, check.result.timeline, options.anchor);
  Folded(html, "What it printed", HeadAndTail(check.result.output, kOutputLines));
  Folded(html, "All steps of the schedule", check.result.steps);
  if (const std::string command = SendCommand(grading, check); !command.empty()) {
    html.Put("p", {{"class", "soft small"}}, "What was sent is a file beside this page. Send it again:");
    html.Put("pre", {{"class", "command"}}, OneLine(command));
  }
  Again(html, ReplayCommand(grading, check));
  Likewise(html, cause);
}

void PutUndecided(Html& html, const Grading& grading, const Cause& cause, const std::string& anchor) {
  const GradedCheck& check = *cause.checks.front();
  const Html::Scope card = html.In("article", {{"class", "card iswarn"}, {"id", anchor}});
  Head(html, check.info.title, PointsText(TotalOf(cause)) + " points open");
  html.Put("p", Summary(check));
  Again(html, ReplayCommand(grading, check));
  Likewise(html, cause);
}

void PutFailedBuild(Html& html, const Grading& grading, const checks::BuildReport& build) {
  const Cause stopped = StoppedBy(grading, build);
  const Html::Scope card = html.In("article", {{"class", "card isbad"}});
  Head(html, build.summary, stopped.checks.empty() ? "" : Of(EarnedIn(stopped), TotalOf(stopped)));
  if (!build.messages.empty()) html.Put("pre", {{"tabindex", "0"}}, build.messages);
  if (!stopped.checks.empty()) html.Put("p", Count(stopped.checks.size(), "check") + " could not run.");
}

}  // namespace grader::report
