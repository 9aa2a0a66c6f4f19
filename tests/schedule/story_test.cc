// Hand-made runs of a program whose addresses mean nothing: the words alone.
#include "grader/schedule/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "grader/schedule/steps_table.h"

namespace grader::schedule {
namespace {

using ::testing::ElementsAre;

constexpr ObjectNumber kFirst = 1;
constexpr ObjectNumber kSecond = 2;

ObjectInfo Object(ObjectNumber number, ObjectKind kind) {
  ObjectInfo info;
  info.object = number;
  info.kind = kind;
  return info;
}

ThreadInfo Waiting(ThreadNumber thread, Operation operation, ObjectNumber object, ThreadNumber waits_for = kNoThread) {
  ThreadInfo info;
  info.thread = thread;
  info.state = ThreadState::kWaiting;
  info.operation = operation;
  info.object = object;
  info.waits_for = waits_for;
  info.in_cycle = waits_for == kNoThread ? 0 : 1;
  return info;
}

Finding Found(FindingKind kind, const std::vector<Place>& places) {
  Finding finding;
  finding.kind = kind;
  for (const Place& place : places) finding.places[finding.place_count++] = place;
  return finding;
}

class StoryTest : public ::testing::Test {
 protected:
  StoryTest() { answer_.result.ending = Ending::kFound; }

  Story Told() {
    Scene scene(answer_, code_, lines_);
    return Tell(scene);
  }

  Answer answer_;
  CodeMap code_{"/nonexistent"};
  SourceLines lines_{""};
};

TEST_F(StoryTest, GoesRoundTheCycleOfADeadlock) {
  answer_.objects = {Object(kFirst, ObjectKind::kMutex), Object(kSecond, ObjectKind::kMutex)};
  answer_.threads = {Waiting(0, Operation::kLock, kFirst, 1), Waiting(1, Operation::kLock, kSecond, 0)};
  answer_.threads[1].held_count = 1;
  answer_.threads[1].held[0].object = kFirst;
  answer_.findings = {Found(FindingKind::kDeadlock, {})};
  const Story story = Told();
  EXPECT_EQ(story.happened,
            "deadlock: the main thread waits for mutex 1, which thread 1 holds, and thread 1 waits for mutex 2, which "
            "the main thread holds");
  EXPECT_THAT(story.facts,
              ElementsAre("the main thread waits for mutex 1", "thread 1 holds mutex 1, and waits for mutex 2"));
}

TEST_F(StoryTest, NamesTheNotificationThatCameTooEarly) {
  answer_.objects = {Object(kFirst, ObjectKind::kCondition)};
  answer_.threads = {Waiting(1, Operation::kConditionWait, kFirst)};
  const Place waiter{.role = Role::kHere, .thread = 1, .object = kFirst};
  const Place notified{.role = Role::kNotified, .thread = 2, .object = kFirst};
  answer_.findings = {Found(FindingKind::kLostWakeUp, {waiter, notified})};
  EXPECT_EQ(
      Told().happened,
      "a lost wake-up: thread 1 waits for condition variable 1, but thread 2 had notified it before that wait began, "
      "and nobody is left to do so again");
}

TEST_F(StoryTest, LooksPastWhoOnlyJoins) {
  answer_.objects = {Object(kFirst, ObjectKind::kSemaphore)};
  answer_.threads = {Waiting(0, Operation::kJoin, kNoObject), Waiting(1, Operation::kSemaphoreAcquire, kFirst)};
  answer_.threads[0].waits_for = 1;
  answer_.findings = {Found(FindingKind::kDeadlock, {})};
  EXPECT_EQ(Told().happened,
            "deadlock: thread 1 waits for a release of semaphore 1, and nobody is left to end this wait");
}

TEST_F(StoryTest, TellsWhatWouldOrderARace) {
  answer_.objects = {Object(kFirst, ObjectKind::kMemory), Object(kSecond, ObjectKind::kMutex)};
  Place here{.role = Role::kHere, .operation = Operation::kWrite, .thread = 2, .object = kFirst, .size = 4};
  const Place other{.role = Role::kOther, .operation = Operation::kRead, .thread = 0, .object = kFirst, .size = 4};
  here.held_count = 1;
  here.held[0] = kSecond;
  answer_.findings = {Found(FindingKind::kDataRace, {here, other})};
  const Story story = Told();
  EXPECT_EQ(story.happened, "a data race on the same memory: thread 2 writes it, the main thread reads it");
  EXPECT_EQ(story.hint, "Nothing orders the two: both must hold the same lock, such as mutex 1.");
}

TEST_F(StoryTest, SaysWhatAnExceptionSaid) {
  Finding finding = Found(FindingKind::kUncaughtException, {{.role = Role::kHere, .thread = 3}});
  std::strcpy(finding.text, "std::future_error: std::future_error: Broken promise");
  answer_.findings = {finding};
  EXPECT_EQ(Told().happened, "an exception leaves thread 3, and ends the program: std::future_error: Broken promise");
}

TEST_F(StoryTest, TellsTheReasonOfTheEndBeforeWhatWasSeenOnTheWay) {
  answer_.findings = {Found(FindingKind::kDataRace, {{}, {}}), Found(FindingKind::kJoinSelf, {{.thread = 1}})};
  EXPECT_EQ(Told().happened, "thread 1 joins itself, and so would wait for ever");
  answer_.result.ending = Ending::kExited;
  EXPECT_THAT(Told().happened, ::testing::StartsWith("a data race"));
}

TEST_F(StoryTest, HasAColumnForEachThread) {
  answer_.objects = {Object(kFirst, ObjectKind::kMutex)};
  const Step locks{.thread = 0, .operation = Operation::kLock, .object = kFirst};
  const Step begins{.thread = 1, .operation = Operation::kThreadStart};
  Step waits{.thread = 1, .operation = Operation::kLock, .blocked = 1, .object = kFirst};
  answer_.steps = {locks, begins, begins, waits};
  Scene scene(answer_, code_, lines_);
  EXPECT_EQ(StepsTable(scene), R"(      the main thread   thread 1
   1  locks mutex 1
   2                    begins x2
   3                    locks mutex 1, must wait
)");
}

}  // namespace
}  // namespace grader::schedule
