// The timeouts of BoundedBuffer. What put() does with room, get() does with items, so they are judged alike.
#include "sync_check.h"

namespace grader::checks::lab09 {
namespace {

// One of the two, and what the driver then tells of the buffer when all is over.
struct Side {
  std::string name;
  std::string start;
  std::string call;
  std::string helps;
  std::string hinders;
  std::string rest;

  std::string Timed(int microseconds) const {
    return name == "put" ? fmt::format("b.put(item, {}us)", microseconds) : fmt::format("b.get({}us)", microseconds);
  }
};

const Side& Put() {
  static const Side put{"put",         "b holds 1 item, and no more fit",           "put(item, timeout)", "b.get()",
                        "b.put(item)", "then size() 1, items that exist besides: 0"};
  return put;
}

const Side& Get() {
  static const Side get{"get",          "b is empty, its capacity is 1",
                        "get(timeout)", "b.put(item)",
                        "b.get()",      "then size() 0, items that exist besides: 0"};
  return get;
}

class TimeoutCheck : public SyncCheck {
 protected:
  void TimesOut(const Side& side) {
    const auto microseconds = Between(40'000, 900'000);
    const auto timeout = std::chrono::microseconds(microseconds);
    ExpectTimesOut({{"buffer-times-out", side.name, std::to_string(microseconds)},
                    fmt::format("// {}\n{};", side.start, side.Timed(microseconds))},
                   {side.call, timeout}, {side.rest});
    if (HasFailure()) return;
    ExpectTimesOutAtMost({{"buffer-comes-and-goes", side.name, std::to_string(microseconds)},
                          fmt::format("// {}\n// a thread: {};\n{}; {};  // every {} us", side.start,
                                      side.Timed(microseconds), side.helps, side.hinders, microseconds * 3 / 10)},
                         {side.call, timeout}, {side.rest});
  }

  void GoesOnInTime(const Side& side) {
    const auto microseconds = Between(40'000, 900'000);
    ExpectTrueInTime({{"buffer-helped-in-time", side.name, std::to_string(microseconds)},
                      fmt::format("// {}\n// a thread: {};\n{};", side.start, side.Timed(microseconds), side.helps)},
                     {side.call, std::chrono::microseconds(microseconds)},
                     {{side.rest}, {"afterwards it is true", side.rest}});
    if (HasFailure()) return;
    ExpectLines(AnyTime({{"buffer-helps-two", side.name, std::to_string(microseconds)},
                         fmt::format("// {}\n// two threads: {}; and the same without a timeout\n"
                                     "{};  // and once more if the first of them has used it up",
                                     side.start, side.Timed(microseconds), side.helps)}),
                {"who waits for ever has returned: 1", side.rest});
  }
};

LAB_CHECK_F(TimeoutCheck, Buffer, PutTimesOut, .points = 3,
            .hint = "Compute the point in time at which to give up once, before the loop.",
            .needs = {"Buffer.IsAQueue"},
            .title = "put(item, timeout) is false when the time has passed, and the item is destroyed") {
  TimesOut(Put());
}

LAB_CHECK_F(TimeoutCheck, Buffer, GetTimesOut, .points = 3,
            .hint = "Compute the point in time at which to give up once, before the loop.",
            .needs = {"Buffer.IsAQueue"},
            .title = "get(timeout) is empty when the time has passed, not before or later") {
  TimesOut(Get());
}

LAB_CHECK_F(
    TimeoutCheck, Buffer, PutsInTime, .points = 3,
    .hint =
        "When the time is up, look once more. A thread that was woken to put, and gives up instead, has used up "
        "the notification that another one waits for.",
    .needs = {"Buffer.IsAQueue"}, .title = "put(item, timeout) is true if there is room in time") {
  GoesOnInTime(Put());
}

LAB_CHECK_F(
    TimeoutCheck, Buffer, GetsInTime, .points = 3,
    .hint =
        "When the time is up, look once more. A thread that was woken to get, and gives up instead, has used up "
        "the notification that another one waits for.",
    .needs = {"Buffer.IsAQueue"}, .title = "get(timeout) gets what is put in time, and nothing is lost") {
  GoesOnInTime(Get());
}

}  // namespace
}  // namespace grader::checks::lab09
