// events: from bits to names and back.
#include <fmt/format.h>

#include <array>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab15 {
namespace {

struct Event {
  unsigned bit;
  const char* name;
};
constexpr std::array<Event, 12> kEvents{{{0x1, "POLLIN"},
                                         {0x2, "POLLPRI"},
                                         {0x4, "POLLOUT"},
                                         {0x8, "POLLERR"},
                                         {0x10, "POLLHUP"},
                                         {0x20, "POLLNVAL"},
                                         {0x40, "POLLRDNORM"},
                                         {0x80, "POLLRDBAND"},
                                         {0x100, "POLLWRNORM"},
                                         {0x200, "POLLWRBAND"},
                                         {0x400, "POLLMSG"},
                                         {0x2000, "POLLRDHUP"}}};

std::string NamesOf(unsigned mask) {
  std::string names;
  for (const Event& event : kEvents) {
    if ((mask & event.bit) == 0) continue;
    if (!names.empty()) names += '|';
    names += event.name;
  }
  return names;
}

class EventsCheck : public LabCheck {
 protected:
  Observation RunEvents(const std::string& argument) { return Run({.args = {argument}, .program = "events"}); }

  void Prints(const std::string& argument, const std::string& line) {
    const auto run = RunEvents(argument);
    ASSERT_THAT(run, AllOf(ExitsCleanly(), PrintsLines({line})));
  }

  void Refuses(std::vector<std::string> args) {
    const auto run = Run({.args = std::move(args), .program = "events"});
    ASSERT_THAT(run, AllOf(ExitsWith(2), PrintsOneErrorLine()));
  }

  unsigned AnyMask() {
    return static_cast<unsigned>(random().Integer(1, 0x7ff)) | (random().Integer(0, 1) != 0 ? 0x2000U : 0U);
  }
};

LAB_CHECK_F(EventsCheck, Events, NamesEachBit, .points = 2, .hint = "if (mask & POLLIN) …: one bit after the other.",
            .title = "events names each bit of a mask, ascending") {
  for (const Event& event : kEvents) {
    ASSERT_NO_FATAL_FAILURE(Prints(std::to_string(event.bit), event.name));
    if (HasFailure()) return;
  }
  for (int i = 0; i < 4; ++i) {
    const unsigned mask = AnyMask();
    ASSERT_NO_FATAL_FAILURE(Prints(std::to_string(mask), NamesOf(mask)));
  }
}

LAB_CHECK_F(EventsCheck, Events, ReadsHexadecimal, .points = 1, .hint = "strtoul and from_chars take a base.",
            .needs = {"Events.NamesEachBit"}, .title = "events reads 0x masks") {
  for (int i = 0; i < 4; ++i) {
    const unsigned mask = AnyMask();
    ASSERT_NO_FATAL_FAILURE(Prints(fmt::format("0x{:x}", mask), NamesOf(mask)));
  }
}

LAB_CHECK_F(EventsCheck, Events, IgnoresUnknownBits, .points = 1, .hint = "Print only those that have a name.",
            .needs = {"Events.NamesEachBit"}, .title = "events ignores unknown bits; 0 gives an empty line") {
  Prints("0", "");
  if (HasFailure()) return;
  Prints(fmt::format("{}", 0x1000 | 0x4000), "");
  if (HasFailure()) return;
  const unsigned mask = AnyMask();
  Prints(fmt::format("{}", mask | 0x1000U | 0x4000U), NamesOf(mask));
}

LAB_CHECK_F(EventsCheck, Events, AddsUpNames, .points = 2, .hint = "mask |= bit for each name; split at the bars.",
            .title = "events prints the number of names, in decimal") {
  for (const Event& event : kEvents) {
    ASSERT_NO_FATAL_FAILURE(Prints(event.name, std::to_string(event.bit)));
    if (HasFailure()) return;
  }
  for (int i = 0; i < 4; ++i) {
    const unsigned mask = AnyMask();
    ASSERT_NO_FATAL_FAILURE(Prints(NamesOf(mask), std::to_string(mask)));
  }
  Prints("POLLOUT|POLLIN", "5");
  if (HasFailure()) return;
  Prints("POLLIN|POLLIN", "1");  // set twice is set
}

LAB_CHECK_F(EventsCheck, Events, RefusesUnknownNames, .points = 1, .hint = "Usage: one line to stderr, exit status 2.",
            .title = "events refuses unknown names with status 2") {
  for (const std::string& word : {std::string("POLL"), std::string("POLLIN|POLLFOO"), random().Name()}) {
    ASSERT_NO_FATAL_FAILURE(Refuses({word}));
    if (HasFailure()) return;
  }
  Refuses({});
}

}  // namespace
}  // namespace grader::checks::lab15
