#include "grader/checks/timeline_bounds.h"

#include <algorithm>

namespace grader::checks {
namespace {

bool MakesALife(const TimelineEvent& event) {
  switch (event.what) {
    case Happening::kBegins:
    case Happening::kExecs:
    case Happening::kEnds:
    case Happening::kReaped:
    case Happening::kFails:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string ShortTimelineText(std::string_view text) {
  constexpr std::string_view kMore = "…";
  if (text.size() <= kMostTimelineText) return std::string(text);
  std::size_t end = kMostTimelineText - kMore.size();
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80; };
  for (int i = 0; i < 3 && end > 0 && continues(end); ++i) --end;
  return std::string(text.substr(0, end)).append(kMore);
}

void BoundEvents(Timeline& timeline) {
  auto& events = timeline.events;
  const auto lives = static_cast<std::size_t>(std::ranges::count_if(events, MakesALife));
  const std::size_t others = events.size() - lives;
  const std::size_t room = kMostTimelineEvents - std::min(lives, kMostTimelineEvents);
  if (others > room) {
    const std::size_t first = room / 3;
    const std::size_t last = others - (room - first);
    std::size_t number = 0;
    std::erase_if(events, [&](const TimelineEvent& event) {
      if (MakesALife(event)) return false;
      const std::size_t mine = number++;
      return mine >= first && mine < last;
    });
    timeline.events_left_out += others - room;
  }
  if (events.size() > kMostTimelineEvents) {
    timeline.events_left_out += events.size() - kMostTimelineEvents;
    events.resize(kMostTimelineEvents);
  }
}

}  // namespace grader::checks
