#include "grader/os/fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace grader::os {
namespace {

bool IsOpen(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

TEST(Fd, ClosesWhatItOwns) {
  int number = -1;
  {
    const Fd fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    number = fd.get();
    ASSERT_TRUE(IsOpen(number));
  }
  EXPECT_FALSE(IsOpen(number));
}

TEST(Fd, MovesOwnership) {
  Fd from(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const int number = from.get();
  Fd to(std::move(from));
  EXPECT_FALSE(from);
  EXPECT_EQ(to.get(), number);
  Fd other(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const int replaced = other.get();
  other = std::move(to);
  EXPECT_FALSE(IsOpen(replaced));
  EXPECT_TRUE(IsOpen(number));
  Fd& same = other;
  other = std::move(same);
  EXPECT_TRUE(IsOpen(number));
}

TEST(Fd, GivesUpWhatIsReleased) {
  Fd fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const int number = fd.Release();
  EXPECT_FALSE(fd);
  EXPECT_TRUE(IsOpen(number));
  const Fd again(number);
}

TEST(Fd, ClosingKeepsErrno) {
  Fd fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  errno = EPIPE;
  fd.Close();
  EXPECT_EQ(errno, EPIPE);
}

TEST(MakePipe, ConnectsItsEndsAndClosesThemOnExec) {
  const Pipe pipe = MakePipe();
  ASSERT_EQ(::write(pipe.write.get(), "x", 1), 1);
  char byte = 0;
  ASSERT_EQ(::read(pipe.read.get(), &byte, 1), 1);
  EXPECT_EQ(byte, 'x');
  EXPECT_EQ(::fcntl(pipe.read.get(), F_GETFD), FD_CLOEXEC);
  SetNonBlocking(pipe.read);
  EXPECT_EQ(::read(pipe.read.get(), &byte, 1), -1);
  EXPECT_EQ(errno, EAGAIN);
}

TEST(Redirect, SurvivesExecEvenOntoItself) {
  const Pipe pipe = MakePipe();
  EXPECT_EQ(Redirect(pipe.read.get(), pipe.read.get()), 0);
  EXPECT_EQ(::fcntl(pipe.read.get(), F_GETFD), 0);
  EXPECT_EQ(Redirect(-1, pipe.read.get()), EBADF);
}

TEST(SetNonBlocking, NamesTheCallThatFails) { EXPECT_THROW(SetNonBlocking(Fd()), std::system_error); }

}  // namespace
}  // namespace grader::os
