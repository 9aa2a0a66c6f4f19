#include "grader/cli/explore_text.h"

#include <utility>

#include "grader/report/page.h"
#include "grader/report/phrases.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

constexpr std::size_t kOutputLines = 12;

}  // namespace

std::string Written(const ExploreText& text, const report::Style& style) {
  report::Page page(style);
  if (text.found) {
    page.Put({"FOUND", report::Ink::kBad, text.happened, ""});
  } else {
    page.Put({"NOTHING FOUND", report::Ink::kGood, text.happened, ""});
  }
  page.Bullets(text.facts);
  page.Field("look at", text.location);
  page.Field("printed", report::HeadAndTail(report::Visible(text.printed), kOutputLines));
  page.Field("schedule", text.schedule);
  if (!text.steps.empty()) {
    page.Field("steps", "one thread at a time, from the start");
    page.Verbatim(text.steps, 2);
  }
  page.Field("hint", text.hint);
  for (const std::string& note : text.notes) page.Field("note", note);
  page.Command("again", text.again);
  return report::WithoutLogCommands(std::move(page).Text());
}

}  // namespace grader::cli
