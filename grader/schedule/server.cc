#include "grader/schedule/server.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "grader/observe/outcome.h"
#include "grader/os/bytes.h"
#include "grader/os/errno.h"
#include "grader/os/signal_mask.h"
#include "grader/sandbox/set_up_error.h"

namespace grader::schedule {
namespace {

// Of waiting for one answer. The runtime itself ends runs that come to nothing, much earlier.
constexpr int kPatienceMilliseconds = 180'000;

// The runtime reserves address space that it hardly uses; where memory cannot be counted, a multiple of the limit on
// memory bounds it (sandbox/target.cc).
constexpr os::Bytes kLeastMemory = os::MiB(8UL * 1024);

sandbox::LaunchRequest LaunchRequestFor(const Subject& subject) {
  sandbox::LaunchRequest request{subject.command, subject.files, subject.limits, {}};
  request.limits.memory.count = std::max(request.limits.memory.count, kLeastMemory.count);
  return request;
}

std::string Words(int wait_status) {
  if (WIFSIGNALED(wait_status)) return observe::Describe(observe::Signaled{WTERMSIG(wait_status), {}});
  return observe::Describe(observe::Exited{WEXITSTATUS(wait_status)});
}

Order OrderFor(const Recipe& recipe, std::uint32_t record) {
  Order order;
  order.strategy = recipe.strategy;
  order.options = recipe.options | record;
  order.seed = recipe.seed;
  order.depth = recipe.depth;
  order.prefix_count = static_cast<std::uint32_t>(recipe.prefix.size());
  order.sleepers = recipe.sleepers;
  return order;
}

}  // namespace

Server::Server(sandbox::Spawner& spawner, const Subject& subject)
    : sandbox_(spawner.Launch(LaunchRequestFor(subject))), input_(subject.input) {
  sandbox_->Release();
  Greet();
}

Server::~Server() { sandbox_->Kill(); }

void Server::Greet() {
  Hello hello;
  if (!Receive(&hello, sizeof hello)) {
    ended_early_ = EarlyEnd();
    return;
  }
  if (hello.mark != kHelloMark || hello.version != kVersion)
    Fail("the runtime is not the one that belongs to this grader");
}

std::string Server::EarlyEnd() {
  for (;;) {
    pollfd notice{sandbox_->notice_fd(), POLLIN, 0};
    if (poll(&notice, 1, kPatienceMilliseconds) == 0) Fail("its sandbox does not end");
    const auto said = sandbox_->NextNotice();
    if (!said) {
      if ((notice.revents & POLLHUP) != 0) Fail("its sandbox is gone");
      continue;
    }
    switch (said->kind) {
      case sandbox::Notice::Kind::kTargetEnded:
        return Words(said->wait_status);
      case sandbox::Notice::Kind::kExecFailed:
        throw std::system_error(said->error, std::generic_category(), "starting a program under the scheduler");
      case sandbox::Notice::Kind::kSetUpFailed:
        throw std::system_error(said->error, std::generic_category(), "sandbox: " + said->detail);
      case sandbox::Notice::Kind::kReaped:
        break;
    }
  }
}

Answer Server::Run(const Recipe& recipe, std::uint32_t record) {
  const os::BrokenPipeBlock quiet;
  Order order = OrderFor(recipe, record);
  order.index = ++asked_;
  order.input_size = static_cast<std::uint32_t>(input_.size());
  Send(&order, sizeof order);
  Send(recipe.prefix.data(), recipe.prefix.size() * sizeof(ThreadNumber));
  Send(input_.data(), input_.size());
  Answer answer;
  Result& result = answer.result;
  Require(&result, sizeof result);
  if (result.mark != kResultMark || result.version != kVersion || result.index != order.index)
    Fail("its answer is none");
  ReceiveMany(answer.findings, result.finding_count, kMostFindings);
  ReceiveMany(answer.threads, result.thread_count, kMostThreadInfos);
  ReceiveMany(answer.objects, result.object_count, kMostObjects);
  ReceiveMany(answer.edges, result.edge_count, kMostLockEdges);
  ReceiveMany(answer.choices, result.choice_count, kMostChoices);
  ReceiveMany(answer.steps, result.step_count, kMostSteps);
  if (result.out_bytes > kMostOutput || result.err_bytes > kMostOutput) Fail("its answer is too long");
  answer.out.resize(result.out_bytes);
  answer.err.resize(result.err_bytes);
  Require(answer.out.data(), answer.out.size());
  Require(answer.err.data(), answer.err.size());
  return answer;
}

template <typename T>
void Server::ReceiveMany(std::vector<T>& items, std::size_t count, std::size_t most) {
  if (count > most) Fail("its answer is too long");
  items.resize(count);
  Require(items.data(), count * sizeof(T));
}

void Server::Send(const void* bytes, std::size_t size) {
  const char* from = static_cast<const char*>(bytes);
  while (size > 0) {
    const ssize_t sent = write(sandbox_->Stdin().get(), from, size);
    if (sent > 0) {
      from += sent;
      size -= static_cast<std::size_t>(sent);
    } else if (errno == EAGAIN) {
      AwaitWritable();
    } else if (errno != EINTR) {
      Fail("it takes no orders any more");
    }
  }
}

bool Server::Receive(void* bytes, std::size_t size) {
  char* to = static_cast<char*>(bytes);
  while (size > 0) {
    const ssize_t got = read(sandbox_->Stdout().get(), to, size);
    if (got > 0) {
      to += got;
      size -= static_cast<std::size_t>(got);
    } else if (got == 0) {
      return false;
    } else if (errno == EAGAIN) {
      AwaitReadable();
    } else if (errno != EINTR) {
      os::ThrowErrno("reading what the scheduler says");
    }
  }
  return true;
}

void Server::Require(void* bytes, std::size_t size) {
  if (!Receive(bytes, size)) Fail("it ended");
}

void Server::AwaitReadable() {
  pollfd out{sandbox_->Stdout().get(), POLLIN, 0};
  if (poll(&out, 1, kPatienceMilliseconds) == 0) Fail("it does not answer");
}

void Server::AwaitWritable() {
  pollfd in{sandbox_->Stdin().get(), POLLOUT, 0};
  if (poll(&in, 1, kPatienceMilliseconds) == 0) Fail("it takes no orders");
}

void Server::Fail(const std::string& what) {
  char words[512];
  const ssize_t size = read(sandbox_->Stderr().get(), words, sizeof words);
  std::string said = size > 0 ? std::string(words, static_cast<std::size_t>(size)) : std::string();
  throw std::runtime_error("the scheduler failed: " + what + (said.empty() ? "" : "; it said: " + said));
}

}  // namespace grader::schedule
