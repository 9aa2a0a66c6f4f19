#include "grader/batch/commit_time.h"

#include <git2.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <stdexcept>

#include "grader/batch/intake.h"
#include "tests/batch/temporary_folder.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

void Must(int status) {
  if (status != 0) throw std::runtime_error(git_error_last()->message);
}

class CommitTimeTest : public ::testing::Test {
 protected:
  CommitTimeTest() {
    git_libgit2_init();
    Must(git_repository_init(&repository_, checkout_.c_str(), 0));
  }
  ~CommitTimeTest() override {
    git_repository_free(repository_);
    git_libgit2_shutdown();
  }

  // One more commit of nothing.
  void Commit(git_time_t seconds) {
    git_oid id;
    git_index* index = nullptr;
    Must(git_repository_index(&index, repository_));
    Must(git_index_write_tree(&id, index));
    git_index_free(index);
    git_tree* tree = nullptr;
    Must(git_tree_lookup(&tree, repository_, &id));
    git_signature* author = nullptr;
    Must(git_signature_new(&author, "Ada", "ada@example.org", seconds, 120));
    git_oid head;
    git_commit* parent = nullptr;
    const git_commit* parents[1] = {};
    const bool first = git_reference_name_to_id(&head, repository_, "HEAD") != 0;
    if (!first) {
      Must(git_commit_lookup(&parent, repository_, &head));
      parents[0] = parent;
    }
    Must(
        git_commit_create(&id, repository_, "HEAD", author, author, nullptr, "one more", tree, first ? 0 : 1, parents));
    git_commit_free(parent);
    git_signature_free(author);
    git_tree_free(tree);
  }

  std::optional<std::int64_t> Seconds() const {
    const auto time = CommitTimeOf(checkout_);
    return time ? std::optional<std::int64_t>(time->time_since_epoch().count()) : std::nullopt;
  }

  testing::TemporaryFolder temporary_;
  fs::path checkout_ = temporary_.path() / "ada";
  fs::path git_ = checkout_ / ".git";
  git_repository* repository_ = nullptr;
};

TEST_F(CommitTimeTest, IsThatOfTheLastCommit) {
  EXPECT_EQ(Seconds(), std::nullopt) << "no commit yet";
  Commit(1'700'000'000);
  EXPECT_EQ(Seconds(), 1'700'000'000);
  Commit(1'700'086'400);
  EXPECT_EQ(Seconds(), 1'700'086'400);
}

TEST_F(CommitTimeTest, IsWhenACheckoutWasHandedIn) {
  Commit(1'700'000'000);
  temporary_.Write("bob/reap.cpp", "");
  const auto intake = TakeIn(temporary_.path(), {});
  ASSERT_EQ(intake.hand_ins.size(), 2u);
  EXPECT_EQ(intake.hand_ins[0].handed_in, std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000)));
  EXPECT_EQ(intake.hand_ins[1].handed_in, std::nullopt);
}

TEST_F(CommitTimeTest, IsUnknownForOtherFolders) {
  EXPECT_EQ(CommitTimeOf(temporary_.path()), std::nullopt);
  EXPECT_EQ(CommitTimeOf(temporary_.path() / "none"), std::nullopt);
}

TEST_F(CommitTimeTest, IsUnknownForADamagedRepository) {
  Commit(1'700'000'000);
  temporary_.Write("ada/.git/HEAD", "ref: nonsense\n");
  EXPECT_EQ(Seconds(), std::nullopt);
  temporary_.Write("ada/.git/HEAD", "0123456789012345678901234567890123456789\n");
  EXPECT_EQ(Seconds(), std::nullopt);
}

TEST_F(CommitTimeTest, NeverOpensAFifoOrALink) {
  Commit(1'700'000'000);
  ASSERT_EQ(mkfifo((git_ / "packed-refs").c_str(), 0600), 0);
  EXPECT_EQ(Seconds(), std::nullopt);
  fs::remove(git_ / "packed-refs");
  EXPECT_TRUE(Seconds());
  fs::create_symlink("/dev/zero", git_ / "packed-refs");
  EXPECT_EQ(Seconds(), std::nullopt);
}

TEST_F(CommitTimeTest, NeverLeavesTheRepository) {
  Commit(1'700'000'000);
  const auto config = testing::ReadFile(git_ / "config");
  temporary_.Write("ada/.git/config", config + "[Include]\npath = /tmp/x\n");
  EXPECT_EQ(Seconds(), std::nullopt);
  temporary_.Write("ada/.git/config", config);
  EXPECT_TRUE(Seconds());
  temporary_.Write("ada/.git/objects/info/alternates", "/tmp\n");
  EXPECT_EQ(Seconds(), std::nullopt);
}

}  // namespace
}  // namespace grader::batch
