#include "grader/os/process_trees.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <span>

#include "grader/os/fd.h"
#include "grader/os/privileges.h"

namespace grader::os {
namespace {

// A child of the test that plays the subreaper. What it finds is its exit status, since it may not use GoogleTest.
template <typename Body>
int StatusOf(Body body) {
  const pid_t child = ::fork();
  if (child == 0) {
    AdoptOrphans();
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A process whose child, in a session of its own, waits for ever. Returns when both are there.
pid_t StartFamily() {
  Pipe ready = MakePipe();
  const pid_t parent = ::fork();
  if (parent == 0) {
    if (::fork() == 0) {
      ::setsid();
      [[maybe_unused]] const ssize_t wrote = ::write(ready.write.get(), "", 1);
    }
    for (;;) ::pause();
  }
  char byte;
  [[maybe_unused]] const ssize_t got = ::read(ready.read.get(), &byte, 1);
  return parent;
}

void EndAll() {
  do KillDescendants({});
  while (AwaitChildren());
}

TEST(ProcessTrees, DieWithAllGenerations) {
  EXPECT_EQ(StatusOf([] {
              StartFamily();
              StartFamily();
              EndAll();
              return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD ? 0 : 1;
            }),
            0);
}

TEST(ProcessTrees, TheSparedLiveOn) {
  EXPECT_EQ(StatusOf([] {
              const pid_t spared = StartFamily();
              const pid_t other = StartFamily();
              while (AnyChildBesides(std::span(&spared, 1)) != 0) {
                KillDescendants(std::span(&spared, 1));
                AwaitChild(AnyChildBesides(std::span(&spared, 1)));
              }
              const bool right = ::kill(other, 0) == -1 && ::waitpid(spared, nullptr, WNOHANG) == 0;
              EndAll();
              return right ? 0 : 1;
            }),
            0);
}

TEST(ProcessTrees, KillingAUserSparesOthers) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root becomes another user";
  // Nobody is one of these.
  constexpr uid_t kUser = 0x7ffffff0;
  EXPECT_EQ(StatusOf([] {
              const pid_t other = StartFamily();
              const pid_t mine = ::fork();
              if (mine == 0) {
                if (::setresuid(kUser, kUser, kUser) != 0) ::_exit(1);
                for (;;) ::pause();
              }
              // It may not have become that user yet.
              int status = 0;
              do KillUser(kUser, kUser + 1);
              while (::waitpid(mine, &status, WNOHANG) == 0);
              const bool right = WIFSIGNALED(status) && ::waitpid(other, nullptr, WNOHANG) == 0;
              EndAll();
              return right ? 0 : 1;
            }),
            0);
}

}  // namespace
}  // namespace grader::os
