#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "grader/report/text.h"
#include "grader/report/timeline.h"
#include "grader/report/timeline_drawing.h"
#include "grader/report/wrap.h"

namespace grader::report {
namespace {

using checks::Happening;
using checks::Timeline;
using checks::TimelineEvent;

constexpr double kNumbers = 40;
constexpr double kTop = 48;
constexpr double kRow = 23;
constexpr double kLock = 4;
constexpr double kLocksRoom = 22;  // left of a lane's line

class Interleaving {
 public:
  Interleaving(Html& html, const Timeline& timeline)
      : html_(html),
        timeline_(timeline),
        column_(std::clamp(830.0 / static_cast<double>(timeline.lanes.size()), 216.0, 415.0)) {
    for (const TimelineEvent& event : timeline.events) {
      for (const std::string& lock : event.held) locks_.emplace(lock, locks_.size() % 4);
      if (event.what == Happening::kFails) end_ = Wrapped(OneLine(event.text), static_cast<int>((Width() - 60) / 7));
    }
  }

  double Width() const {
    return std::max(kNumbers + column_ * static_cast<double>(timeline_.lanes.size()) + 12, 420.0);
  }
  double Height() const { return Y(Rows()) + (end_.empty() ? 0 : 22 + 18 * static_cast<double>(end_.size())); }

  void Draw() {
    for (std::size_t lane = 0; lane < timeline_.lanes.size(); ++lane) Lane(lane);
    Turns();
    for (std::size_t i = 0; i < Rows(); ++i) Step(i);
    End();
  }

 private:
  // Without the failure, which stands below.
  std::size_t Rows() const { return timeline_.events.size() - (end_.empty() ? 0 : 1); }
  double X(std::size_t lane) const { return kNumbers + kLocksRoom + column_ * static_cast<double>(lane); }
  static double Y(std::size_t row) { return kTop + kRow * (static_cast<double>(row) + 0.7); }

  void Lane(std::size_t lane) {
    const Html::Scope group = html_.In("g", {{"class", "lane-row"}});
    PutLabel(html_, {X(lane) - 6, 18, column_ - 12, "name"}, timeline_.lanes[lane].name);
    PutLabel(html_, {X(lane) - 6, 33, column_ - 12, "soft"}, timeline_.lanes[lane].origin);
    html_.Void("path", {{"class", "lane"}, {"d", fmt::format("M{} {}V{}", Px(X(lane)), Px(kTop), Px(Y(Rows()) - 8))}});
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < Rows(); ++i) {
      if (timeline_.events[i].lane == lane) own.push_back(i);
    }
    for (std::size_t n = 0; n < own.size(); ++n) {
      const bool last = n + 1 == own.size();
      Between(own[n], last ? Rows() : own[n + 1], last);
    }
  }

  // What a thread is and has from one of its steps to its next one.
  void Between(std::size_t from, std::size_t to, bool last) {
    const TimelineEvent& event = timeline_.events[from];
    const double x = X(event.lane);
    const double bottom = last ? Y(to) - 8 : Y(to);
    if (event.what == Happening::kBlocks) {
      html_.Void("path", {{"class", "waits"}, {"d", fmt::format("M{} {}V{}", Px(x), Px(Y(from)), Px(bottom))}});
    } else if (!last) {
      html_.Void("path", {{"class", "thread"}, {"d", fmt::format("M{} {}V{}", Px(x), Px(Y(from)), Px(bottom))}});
    }
    double left = x - 10;
    for (const std::string& lock : event.held) {
      const Html::Scope strip = html_.In("g");
      html_.Put("title", timeline_.lanes[event.lane].name + " holds " + lock);
      html_.Void("rect", {{"class", fmt::format("lock{}", locks_.at(lock))},
                          {"x", Px(left)},
                          {"y", Px(Y(from) - kRow / 2)},
                          {"width", Px(kLock)},
                          {"height", Px(std::max(bottom - Y(from), kRow / 2))}});
      left -= kLock + 1;
    }
  }

  // From one lane to another wherever the turn changes.
  void Turns() {
    for (std::size_t i = 1; i < Rows(); ++i) {
      const std::size_t from = timeline_.events[i - 1].lane;
      const std::size_t to = timeline_.events[i].lane;
      if (from == to) continue;
      const double y = (Y(i - 1) + Y(i)) / 2;
      html_.Void("path",
                 {{"class", "turn"},
                  {"d", fmt::format("M{} {}V{}H{}V{}", Px(X(from)), Px(Y(i - 1)), Px(y), Px(X(to)), Px(Y(i)))}});
    }
  }

  void Step(std::size_t row) {
    const TimelineEvent& event = timeline_.events[row];
    const double x = X(event.lane);
    const bool waits = event.what == Happening::kBlocks;
    PutLabel(html_, {8, Y(row) + 4, kNumbers, "soft"}, std::to_string(row + 1));
    html_.Void("circle", {{"class", waits ? "step stop" : "step"}, {"cx", Px(x)}, {"cy", Px(Y(row))}, {"r", "4"}});
    std::string text = event.text.empty() ? Words(timeline_, event) : event.text;
    if (!event.place.empty()) text.insert(0, event.place + "  ");
    PutLabel(html_, {x + 11, Y(row) + 4, column_ - kLocksRoom - 14, waits ? "wait-text" : ""}, text);
  }

  void End() {
    if (end_.empty()) return;
    const double top = Y(Rows()) - 6;
    html_.Void(
        "rect",
        {{"class", "fail-band"}, {"x", "0"}, {"y", Px(top)}, {"width", Px(Width())}, {"height", Px(Height() - top)}});
    html_.Void("path", {{"class", "fail-line"}, {"d", fmt::format("M0 {}H{}", Px(top), Px(Width()))}});
    html_.Void("path", {{"class", "killed"}, {"d", fmt::format("M14 {}l10 10m0 -10l-10 10", Px(top + 12))}});
    for (std::size_t i = 0; i < end_.size(); ++i) {
      PutLabel(html_, {kNumbers, top + 22 + 18 * static_cast<double>(i), Width() - kNumbers - 8, "fail-text"}, end_[i]);
    }
  }

  Html& html_;
  const Timeline& timeline_;
  double column_;
  std::map<std::string, std::size_t> locks_;  // each with a colour
  std::vector<std::string> end_;
};

}  // namespace

void DrawInterleaving(Html& html, const Timeline& timeline, const std::string& id) {
  Interleaving picture(html, timeline);
  const Html::Scope svg = html.In("svg", SvgAttributes(picture.Width(), picture.Height(), id));
  PutSvgTexts(html, timeline, id);
  picture.Draw();
}

}  // namespace grader::report
