#include "grader/observe/system_v_objects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>

namespace grader::observe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SystemVObjects, AreThoseMadeAndNotRemoved) {
  SystemVObjects objects;
  objects.Note(SYS_shmget, 0, 5);
  objects.Note(SYS_semget, 0, 5);
  objects.Note(SYS_msgget, 0, 1);
  objects.Note(SYS_shmget, 0, 5);  // the same again, by its key
  objects.Note(SYS_semctl, 5, 0);
  EXPECT_THAT(objects.Names(), ElementsAre("message queue 1", "shared memory 5"));
  objects.Note(SYS_shmctl, 5, 0);
  objects.Note(SYS_msgctl, 1, 0);
  EXPECT_THAT(objects.Names(), IsEmpty());
}

TEST(SystemVObjects, AreNotChangedByFailedCalls) {
  SystemVObjects objects;
  objects.Note(SYS_shmget, 0, -28);
  EXPECT_THAT(objects.Names(), IsEmpty());
  objects.Note(SYS_shmget, 0, 5);
  objects.Note(SYS_shmctl, 5, -1);
  EXPECT_THAT(objects.Names(), ElementsAre("shared memory 5"));
}

}  // namespace
}  // namespace grader::observe
