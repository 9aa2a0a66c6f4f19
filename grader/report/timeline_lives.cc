#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "grader/report/timeline.h"
#include "grader/report/timeline_drawing.h"

namespace grader::report {
namespace {

using checks::Happening;
using checks::LaneKind;
using checks::Timeline;
using checks::TimelineEvent;

constexpr double kNames = 196;    // the column of names
constexpr double kEndRoom = 190;  // for what is written behind a life's end
constexpr double kNarrowest = 880;
constexpr double kTop = 34;
constexpr double kRow = 40;
constexpr double kBar = 12;
constexpr double kTip = 4;

Html::Attributes Box(const char* style, double x, double y, double width, double height) {
  return {{"class", style}, {"x", Px(x)}, {"y", Px(y)}, {"width", Px(std::max(width, 1.0))}, {"height", Px(height)}};
}

class Lives {
 public:
  Lives(Html& html, const Timeline& timeline)
      : html_(html),
        timeline_(timeline),
        step_(std::clamp(490.0 / static_cast<double>(timeline.events.size() + 1), 9.0, 64.0)) {}

  double Width() const { return std::max(X(timeline_.events.size()) + kEndRoom, kNarrowest); }
  double Height() const { return kTop + kRow * static_cast<double>(timeline_.lanes.size()) + 12; }

  void Draw() {
    Rows();
    for (std::size_t lane = 0; lane < timeline_.lanes.size(); ++lane) Life(lane);
    for (std::size_t i = 0; i < timeline_.events.size(); ++i) Mark(i);
    Prints();
  }

 private:
  double X(std::size_t event) const { return kNames + step_ * (static_cast<double>(event) + 0.7); }
  static double Y(std::size_t lane) { return kTop + kRow * (static_cast<double>(lane) + 0.5); }
  double Right() const { return X(timeline_.events.size()); }

  void Rows() {
    for (std::size_t lane = 0; lane < timeline_.lanes.size(); ++lane) {
      const Html::Scope row = html_.In("g", {{"class", "lane-row"}});
      if (lane % 2 == 1) html_.Void("rect", Box("zebra", 0, Y(lane) - kRow / 2, Width(), kRow));
      const auto& named = timeline_.lanes[lane];
      const bool two = !named.origin.empty();
      PutLabel(html_, {12, Y(lane) + (two ? -2 : 4), kNames - 18, "name"}, named.name);
      if (two) PutLabel(html_, {12, Y(lane) + 12, kNames - 18, "soft"}, named.origin);
    }
  }

  // First event of a kind in a lane, from there on.
  std::optional<std::size_t> Find(std::size_t lane, Happening what, std::size_t from = 0) const {
    for (std::size_t i = from; i < timeline_.events.size(); ++i) {
      if (timeline_.events[i].lane == lane && timeline_.events[i].what == what) return i;
    }
    return std::nullopt;
  }

  void Life(std::size_t lane) {
    if (timeline_.lanes[lane].kind == LaneKind::kOutput) return;
    const double from = X(Find(lane, Happening::kBegins).value_or(0));
    const auto end = Find(lane, Happening::kEnds);
    const double to = end ? X(*end) : Right();
    html_.Void("rect", Box("life", from, Y(lane) - kBar / 2, to - from, kBar));
    for (auto sleep = Find(lane, Happening::kBlocks); sleep; sleep = Find(lane, Happening::kBlocks, *sleep + 1)) {
      Sleep(lane, *sleep, to);
    }
    if (end) End(lane, *end);
  }

  void Sleep(std::size_t lane, std::size_t since, double end) {
    double to = end;
    for (std::size_t i = since + 1; i < timeline_.events.size(); ++i) {
      if (timeline_.events[i].lane != lane || timeline_.events[i].what == Happening::kFails) continue;
      to = std::min(to, X(i));
      break;
    }
    const Html::Scope sleep = html_.In("g");
    html_.Put("title", timeline_.lanes[lane].name + " " + Words(timeline_, timeline_.events[since]));
    html_.Void("rect", Box("sleep", X(since), Y(lane) - kBar / 2 + 0.8, to - X(since), kBar - 1.6));
    if (to >= end - 1 && !timeline_.events[since].text.empty() && !Find(lane, Happening::kEnds)) {
      const std::string at = timeline_.events[since].place.empty() ? "" : " at " + timeline_.events[since].place;
      PutLabel(html_, {X(since) + 2, Y(lane) + 17, Width() - X(since) - 8, "wait-text"},
               timeline_.events[since].text + at);
    }
  }

  void End(std::size_t lane, std::size_t end) {
    const auto reaped = Find(lane, Happening::kReaped, end);
    std::string text = timeline_.events[end].text;
    double behind = X(end);
    if (timeline_.lanes[lane].kind == LaneKind::kProcess) {
      behind = reaped ? X(*reaped) : Right();
      const auto time = timeline_.events[reaped.value_or(timeline_.events.size() - 1)].at - timeline_.events[end].at;
      if (!reaped) text += ", never waited for";
      const Html::Scope zombie = html_.In("g");
      const double milliseconds = std::max(0.0, static_cast<double>(time.count()) / 1000);
      html_.Put("title", fmt::format("{} is a zombie for {:.1f} ms", timeline_.lanes[lane].name, milliseconds));
      html_.Void("rect", Box("zombie", X(end), Y(lane) - kBar / 2, behind - X(end), kBar));
    }
    Ending(X(end), Y(lane), timeline_.events[end].text.starts_with("killed"));
    if (timeline_.lanes[lane].kind != LaneKind::kThread) {
      PutLabel(html_, {behind + 10, Y(lane) + 4, Width() - behind - 12, "soft"}, text);
    }
  }

  void Ending(double x, double y, bool killed) {
    if (killed) {
      html_.Void("path",
                 {{"class", "killed"}, {"d", fmt::format("M{0} {1}l10 10m0 -10l-10 10", Px(x - 5), Px(y - 5))}});
    } else {
      html_.Void("circle", {{"class", "end"}, {"cx", Px(x)}, {"cy", Px(y)}, {"r", "4.5"}});
    }
  }

  // From one lane to another, with a tip at its end.
  void Arrow(const std::string& style, std::size_t event, std::size_t from, std::size_t to) {
    if (from == to) return;
    const double x = X(event);
    const double down = from < to ? 1 : -1;
    const double start = Y(from) + down * kBar / 2;
    const double end = Y(to) - down * kBar / 2;
    const Html::Scope arrow = html_.In("g");
    html_.Put("title",
              timeline_.lanes[timeline_.events[event].lane].name + " " + Words(timeline_, timeline_.events[event]));
    html_.Void("path", {{"class", style}, {"d", fmt::format("M{0} {1}V{2}", Px(x), Px(start), Px(end - down * kTip))}});
    html_.Void("path",
               {{"class", style + "-tip"},
                {"d", fmt::format("M{} {}l{} {}h{}z", Px(x), Px(end), Px(-kTip), Px(-down * 2 * kTip), Px(2 * kTip))}});
  }

  void Mark(std::size_t i) {
    const TimelineEvent& event = timeline_.events[i];
    const auto other = event.other < 0 ? event.lane : static_cast<std::size_t>(event.other);
    switch (event.what) {
      case Happening::kBegins:
        return Arrow("fork", i, other, event.lane);
      case Happening::kReaped:
        return Arrow("reap", i, event.lane, other);
      case Happening::kDoes:
        return Arrow("sends", i, event.lane, other);
      case Happening::kExecs:
        return Exec(i);
      case Happening::kFails:
        return Fail(i);
      default:
        return;
    }
  }

  void Exec(std::size_t i) {
    const TimelineEvent& event = timeline_.events[i];
    const Html::Scope mark = html_.In("g");
    html_.Put("title", timeline_.lanes[event.lane].name + " " + Words(timeline_, event));
    html_.Void("path",
               {{"class", "exec"}, {"d", fmt::format("M{} {}l7 7l-7 7l-7 -7z", Px(X(i)), Px(Y(event.lane) - 7))}});
  }

  void Fail(std::size_t i) {
    html_.Void("path",
               {{"class", "fail-line"}, {"d", fmt::format("M{} {}V{}", Px(X(i)), Px(kTop - 8), Px(Height() - 6))}});
    const double room = 8.0 * static_cast<double>(timeline_.events[i].text.size());
    const double x = std::max(8.0, std::min(X(i) - 4, Width() - room));
    PutLabel(html_, {x, kTop - 14, Width() - x - 4, "fail-text"}, timeline_.events[i].text);
  }

  // A line's text is shown as far as the next line's place.
  void Prints() {
    std::vector<std::size_t> prints;
    for (std::size_t i = 0; i < timeline_.events.size(); ++i) {
      if (timeline_.events[i].what == Happening::kPrints) prints.push_back(i);
    }
    for (std::size_t n = 0; n < prints.size(); ++n) {
      const TimelineEvent& event = timeline_.events[prints[n]];
      const double x = X(prints[n]);
      const double next = n + 1 < prints.size() ? X(prints[n + 1]) : Width();
      const Html::Scope print = html_.In("g");
      html_.Put("title", "prints: " + event.text);
      html_.Void("circle", {{"class", "print"}, {"cx", Px(x)}, {"cy", Px(Y(event.lane))}, {"r", "2.6"}});
      if (next - x > 26) PutLabel(html_, {x + 6, Y(event.lane) + 4, next - x - 10, "soft mono"}, event.text);
    }
  }

  Html& html_;
  const Timeline& timeline_;
  double step_;
};

}  // namespace

void DrawLives(Html& html, const Timeline& timeline, const std::string& id) {
  Lives lives(html, timeline);
  const Html::Scope svg = html.In("svg", SvgAttributes(lives.Width(), lives.Height(), id));
  PutSvgTexts(html, timeline, id);
  lives.Draw();
}

}  // namespace grader::report
