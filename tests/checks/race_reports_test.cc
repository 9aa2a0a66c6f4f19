#include "grader/checks/race_reports.h"

#include <gtest/gtest.h>

namespace grader::checks {
namespace {

// As gcc 12's ThreadSanitizer says it, with strip_path_prefix=/submission/.
constexpr const char* kTwoThreads = R"(listening
==================
WARNING: ThreadSanitizer: data race (pid=3)
  Read of size 4 at 0x55555555b18c by thread T2:
    #0 lab::Serve(int) server.h:94 (ts+0x30b3)
    #1 void std::__invoke_impl<void, void (*)(int), int>(std::__invoke_other) /usr/include/c++/12/bits/invoke.h:61 (ts+0x26c6)
    #2 <null> <null> (libstdc++.so.6+0xd44a2)

  Previous write of size 4 at 0x55555555b18c by thread T1 (mutexes: write M12):
    #0 Count(int) ./count.cpp:12:5 (ts+0x30c9)
    #1 lab::Serve(int) server.h:90 (ts+0x30c9)

  Location is global '(anonymous namespace)::lab::served' of size 4 at 0x55555555b18c (ts+0x718c)

  Mutex M12 (0x5555) created at:
    #0 pthread_mutex_lock tsan.cpp:1342 (libtsan.so.2+0x58b22)

  Thread T2 (tid=1391, running) created by main thread at:
    #0 pthread_create tsan_interceptors_posix.cpp:1001 (libtsan.so.2+0x5e686)

SUMMARY: ThreadSanitizer: data race server.h:94 in lab::Serve(int)
==================
)";

TEST(RaceReports, TellsBothAccessesAndTheVariable) {
  const auto races = ReadRaceReports(kTwoThreads);
  ASSERT_EQ(races.size(), 1u);
  const auto& race = races.front();
  EXPECT_EQ(race.now.what, "a read of 4 bytes");
  EXPECT_EQ(race.now.thread, "thread 2");
  EXPECT_EQ(race.now.place, "server.h:94");
  EXPECT_EQ(race.now.caller, "");
  EXPECT_FALSE(race.now.holds_mutex);
  EXPECT_EQ(race.before.what, "a write of 4 bytes");
  EXPECT_EQ(race.before.thread, "thread 1");
  EXPECT_EQ(race.before.place, "count.cpp:12");
  EXPECT_EQ(race.before.caller, "server.h:90");
  EXPECT_TRUE(race.before.holds_mutex);
  EXPECT_EQ(race.variable, "the variable lab::served");
}

constexpr const char* kAtomicOfMain = R"(WARNING: ThreadSanitizer: data race (pid=3)
  Atomic write of size 1 at 0x7b0400000800 by main thread:
    #0 main server.cpp:7 (ts+0x1)

  Previous read of size 1 at 0x7b0400000800 by thread T1:
    #0 Work() server.cpp:3 (ts+0x2)

  Location is heap block of size 16 at 0x7b0400000800 allocated by main thread:
    #0 operator new(unsigned long) ../../../../src/libsanitizer/tsan/tsan_new_delete.cpp:64 (libtsan.so.2+0x8f3a9)
    #1 main server.cpp:5 (ts+0x3)

SUMMARY: ThreadSanitizer: data race server.cpp:7 in main
)";

TEST(RaceReports, TellsWhereMemoryIsFrom) {
  const auto races = ReadRaceReports(kAtomicOfMain);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races.front().now.what, "an atomic write of 1 byte");
  EXPECT_EQ(races.front().now.thread, "the main thread");
  EXPECT_EQ(races.front().variable, "memory that was allocated at server.cpp:5");
}

TEST(RaceReports, TellsOfLocalVariables) {
  std::string stack = kAtomicOfMain;
  const auto begin = stack.find("  Location");
  stack.replace(begin, stack.find("SUMMARY") - begin,
                "  Location is stack of main thread.\n\n  Location is global '<null>' at 0x0 ([stack]+0x2)\n\n");
  const auto races = ReadRaceReports(stack);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races.front().variable, "a local variable of the main thread");
}

TEST(RaceReports, LeavesOutWhatIsNotTheStudents) {
  std::string library = kAtomicOfMain;
  library.replace(library.find("Work() server.cpp:3"), 19, "Work() /usr/include/x.h:3");
  EXPECT_TRUE(ReadRaceReports(library).empty());
  std::string shared_pointer = kAtomicOfMain;
  shared_pointer.replace(shared_pointer.find("Work()"), 6, "std::_Sp_atomic<int>::load()");
  EXPECT_TRUE(ReadRaceReports(shared_pointer).empty());
}

TEST(RaceReports, PassesOverWhatIsNoReport) {
  EXPECT_TRUE(ReadRaceReports("").empty());
  EXPECT_TRUE(ReadRaceReports("WARNING: ThreadSanitizer: data race\nSUMMARY: \n").empty());
  EXPECT_TRUE(ReadRaceReports("WARNING: ThreadSanitizer: data race (pid=1)\n  Read of size").empty());
  const std::string text = kTwoThreads;
  EXPECT_TRUE(ReadRaceReports(text.substr(0, text.find("SUMMARY"))).empty());
  EXPECT_TRUE(
      ReadRaceReports("WARNING: ThreadSanitizer: signal-unsafe call inside of a signal (pid=1)\nSUMMARY: x\n").empty());
}

TEST(RaceReports, KnowsWhenItCouldNotBegin) {
  EXPECT_TRUE(RaceDetectorFailed("FATAL: ThreadSanitizer: unexpected memory mapping 0x5-0x6\n"));
  EXPECT_TRUE(RaceDetectorFailed("ThreadSanitizer: CHECK failed: sanitizer_allocator_primary64.h:131 \"x\"\n"));
  EXPECT_TRUE(RaceDetectorFailed("==5==ERROR: ThreadSanitizer setrlimit() failed 22\n"));
  EXPECT_FALSE(RaceDetectorFailed(kTwoThreads));
}

}  // namespace
}  // namespace grader::checks
