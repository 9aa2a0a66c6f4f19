#include "grader/report/html_parts.h"

#include "grader/report/html_style.h"

namespace grader::report {

void PutHead(Html& html, const std::string& title) {
  const Html::Scope head = html.In("head");
  html.Void("meta", {{"charset", "utf-8"}});
  html.Void("meta",
            {{"http-equiv", "Content-Security-Policy"},
             {"content", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"}});
  html.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.Void("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.Void("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.Put("title", title);
  const Html::Scope style = html.In("style");
  html.Raw(kHtmlStyle);
}

Mark MarkOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return {"good", "✓", "passed"};
    case Verdict::kFailed:
      return {"bad", "✗", "failed"};
    case Verdict::kSkipped:
      return {"warn", "–", "skipped"};
    case Verdict::kFault:
      return {"warn", "!", "fault"};
    case Verdict::kLeftOut:
      return {"none", "·", "left out"};
  }
  return {"warn", "!", "fault"};
}

void PutTag(Html& html, const Mark& mark, const std::string& words) {
  const Html::Scope tag = html.In("span", {{"class", std::string("tag ") + mark.style}});
  html.Put("span", {{"aria-hidden", "true"}}, mark.sign);
  html.Text(" " + words);
}

void PutBar(Html& html, double part, double total) {
  constexpr double kWidth = 100;
  const double share = total > 0 ? part / total : 0;
  const Html::Scope bar = html.In(
      "svg", {{"class", "bar"}, {"viewBox", "0 0 100 4"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
  html.Void("rect", {{"class", "back"}, {"width", Px(kWidth)}, {"height", "4"}});
  html.Void("rect", {{"class", "fill"}, {"width", Px(kWidth * share)}, {"height", "4"}});
}

}  // namespace grader::report
