#include <gtest/gtest.h>

#include "grader/schedule/explorer.h"
#include "grader/schedule/scene.h"
#include "grader/schedule/source_lines.h"

namespace grader::schedule {
namespace {

TEST(ShortFunction, LeavesTypesOut) {
  EXPECT_EQ(ShortFunction("Event::wait()"), "Event::wait");
  EXPECT_EQ(ShortFunction("Event::wait(std::chrono::duration<long, std::ratio<1l, 1000000000l> >)"), "Event::wait");
  EXPECT_EQ(ShortFunction("void BoundedBuffer<int>::put(int)"), "BoundedBuffer::put");
  EXPECT_EQ(ShortFunction("(anonymous namespace)::work(int)"), "work");
  EXPECT_EQ(ShortFunction("main::{lambda()#1}::operator()() const"), "a lambda in main");
  EXPECT_EQ(ShortFunction("Pool::start(int)::{lambda(int)#2}::operator()(int) const"), "a lambda in Pool::start");
  EXPECT_EQ(ShortFunction("main"), "main");
  EXPECT_EQ(ShortFunction(""), "");
}

TEST(Bound, SaysWhatASearchIsWorth) {
  Exploration found;
  found.schedules = 1000;
  EXPECT_EQ(BoundOf(found),
            "no failure in 1,000 schedules: a bug that shows in more than 1 of 217 would have been found with 99 %");
  found.schedules = 1;
  EXPECT_EQ(BoundOf(found), "no failure in 1 schedule");
}

TEST(Bound, SaysVerifiedOnlyOfAllInterleavings) {
  Exploration found;
  found.schedules = 2000;
  found.interleavings = 1812;
  EXPECT_EQ(BoundOf(found),
            "verified: all 1,812 interleavings in which nobody wakes for no reason or too early; no failure in 188 "
            "schedules besides");
  found.schedules = 1812;
  EXPECT_EQ(BoundOf(found), "verified: all 1,812 interleavings");
  found.schedules = found.interleavings = 1;
  EXPECT_EQ(BoundOf(found), "verified: there is only one order of its steps");
}

TEST(SourceLines, AreNotReadOutsideTheFolder) {
  SourceLines lines("/usr/include");
  EXPECT_EQ(lines.At("../../etc/passwd", 1), "");
  EXPECT_EQ(lines.At("/etc/passwd", 1), "");
  EXPECT_EQ(lines.At("none", 1), "");
  EXPECT_NE(lines.At("stdio.h", 1), "");
  EXPECT_EQ(SourceLines("").At("stdio.h", 1), "");
}

}  // namespace
}  // namespace grader::schedule
