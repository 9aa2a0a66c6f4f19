#include "grader/cli/checks_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

namespace grader::cli {
namespace {

constexpr int kEventsInChild = 3;
constexpr int kGraceMilliseconds = 2000;

[[noreturn]] void Throw(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

// A file in memory, so that an executable that never reads its input cannot block us.
os::Fd FileWith(std::string_view text) {
  os::Fd file(memfd_create("assignment", MFD_CLOEXEC));
  if (!file) Throw("memfd_create");
  while (!text.empty()) {
    const ssize_t written = write(file.get(), text.data(), text.size());
    if (written < 0 && errno != EINTR) Throw("write assignment");
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (lseek(file.get(), 0, SEEK_SET) != 0) Throw("lseek assignment");
  return file;
}

void DoNotBlock(const os::Fd& fd) {
  if (fcntl(fd.get(), F_SETFL, O_NONBLOCK) != 0) Throw("fcntl O_NONBLOCK");
}

}  // namespace

ChecksProcess ChecksProcess::Start(const std::filesystem::path& executable, const std::string& assignment) {
  const os::Fd input = FileWith(assignment);
  os::Pipe events = os::MakePipe();
  os::Pipe words = os::MakePipe();
  DoNotBlock(events.read);
  DoNotBlock(words.read);
  const os::Inherited descriptors[] = {{input.get(), STDIN_FILENO},
                                       {words.write.get(), STDOUT_FILENO},
                                       {words.write.get(), STDERR_FILENO},
                                       {events.write.get(), kEventsInChild}};
  auto child = os::TrustedChild::Start({executable.string()}, descriptors);
  return ChecksProcess(std::move(child), std::move(events.read), std::move(words.read));
}

void ChecksProcess::End() {
  child_.Signal(SIGTERM);
  pollfd ended{child_.pidfd(), POLLIN, 0};
  poll(&ended, 1, kGraceMilliseconds);
  child_.Signal(SIGKILL);
}

std::string DescribeStatus(int wait_status) {
  if (WIFSIGNALED(wait_status)) {
    const int number = WTERMSIG(wait_status);
    return "was killed by signal " + std::to_string(number) + " (" + strsignal(number) + ")";
  }
  return "ended with status " + std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace grader::cli
