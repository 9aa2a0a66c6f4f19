// reap: five small programs about waiting, zombies and orphans (lab 2).
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "basics.h"
#include "ignore.h"
#include "nohang.h"
#include "orphan.h"
#include "twolevel.h"
#include "waitall.h"

namespace {

constexpr int kMostChildren = 1000;  // of `nohang` and `ignore`

int Dispatch(const std::vector<std::string>& words) {
  const std::string command = words.empty() ? "" : words[0];
  if (command == "waitall" && words.size() == 2) return lab::WaitAll(lab::ParseInt(words[1], 0, 255));
  if (command == "nohang" && words.size() == 2) return lab::NoHang(lab::ParseInt(words[1], 0, kMostChildren));
  if (command == "twolevel" && words.size() == 1) return lab::TwoLevel();
  if (command == "ignore" && words.size() == 2) return lab::Ignore(lab::ParseInt(words[1], 0, kMostChildren));
  if (command == "orphan" && words.size() == 1) return lab::Orphan();
  throw lab::UsageError{};
}

}  // namespace

int main(int argc, char* argv[]) {
  std::signal(SIGCHLD, SIG_DFL);  // ignored by whoever started us, it would leave us nothing to wait for
  try {
    return lab::Guarded([&] { return Dispatch({argv + 1, argv + argc}); });
  } catch (const lab::UsageError&) {
    lab::Guarded([] {
      lab::Write(STDERR_FILENO, "usage: reap waitall N | nohang N | twolevel | ignore N | orphan\n");
      return 0;
    });
    return 1;
  }
}
