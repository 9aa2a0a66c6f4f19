#include "grader/batch/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "grader/batch/error.h"
#include "tests/batch/temporary_folder.h"

namespace grader::batch {
namespace {

TEST(Store, KeepsResultsOverItsLife) {
  const testing::TemporaryFolder folder;
  const ResultKey key{"print", "v1"};
  {
    Store store(folder.path() / "results", "lab02-reap");
    EXPECT_EQ(store.Seed(42), 42u);
    EXPECT_FALSE(store.Current("print"));
    EXPECT_FALSE(store.GradedBy("print"));
    store.Keep(key,
               {.seed = 42, .points = 3.5, .total = 10, .attempts = 2, .json = "{}", .junit = "<a/>", .text = "t"});
  }
  Store store(folder.path() / "results", "lab02-reap");
  EXPECT_EQ(store.Seed(43), 42u) << "a batch that goes on has the inputs that it began with";
  EXPECT_EQ(store.GradedBy("print"), "v1");
  const auto found = store.Current("print");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->points, 3.5);
  EXPECT_EQ(found->seed, 42u);
  EXPECT_EQ(found->junit, "<a/>");
  EXPECT_FALSE(store.Current("another"));
}

TEST(Store, AFaultIsNoGrading) {
  const testing::TemporaryFolder folder;
  Store store(folder.path() / "results", "lab02-reap");
  store.Keep({"print", "v1"}, {.fault = true});
  EXPECT_TRUE(store.Current("print"));
  EXPECT_FALSE(store.GradedBy("print"));
}

TEST(Store, BelongsToOneLab) {
  const testing::TemporaryFolder folder;
  { const Store store(folder.path(), "lab02-reap"); }
  EXPECT_THROW(Store(folder.path(), "lab01-fork"), InputError);
}

TEST(Store, BelongsToOneProcessAtATime) {
  const testing::TemporaryFolder folder;
  std::optional<Store> store;
  store.emplace(folder.path(), "lab02-reap");
  EXPECT_THROW(Store(folder.path(), "lab02-reap"), InputError);
  store.reset();
  EXPECT_NO_THROW(Store(folder.path(), "lab02-reap"));
}

TEST(Store, SaysThatItCannotBeRead) {
  const testing::TemporaryFolder folder;
  folder.Write("results.sqlite", "this is no database, but long enough to be looked at as if it were one");
  EXPECT_THROW(Store(folder.path(), "lab02-reap"), StoreError);
}

}  // namespace
}  // namespace grader::batch
