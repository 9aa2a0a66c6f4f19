#include "tests/schedule/runtime/scheduled_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace grader::schedule {

ScheduledProgram::ScheduledProgram(const std::string& path, std::vector<std::string> arguments) {
  int orders[2];
  int results[2];
  if (pipe2(orders, O_CLOEXEC) != 0 || pipe2(results, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, orders[0], 0);
  posix_spawn_file_actions_adddup2(&actions, results[1], 1);
  std::vector<char*> argv;
  std::string name = path;
  argv.push_back(name.data());
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const int error = posix_spawn(&pid_, path.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(orders[0]);
  close(results[1]);
  to_ = orders[1];
  from_ = results[0];
  if (error != 0) throw std::runtime_error("cannot start " + path);
  Receive(&hello_, sizeof hello_);
  if (hello_.mark != kHelloMark || hello_.version != kVersion) throw std::runtime_error("no hello from " + path);
}

ScheduledProgram::~ScheduledProgram() {
  close(to_);
  close(from_);
  int status = 0;
  while (pid_ > 0 && waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
}

RunResult ScheduledProgram::Run(Order order, const std::vector<ThreadNumber>& prefix, const std::string& input) {
  order.prefix_count = static_cast<std::uint32_t>(prefix.size());
  order.input_size = static_cast<std::uint32_t>(input.size());
  Send(&order, sizeof order);
  Send(prefix.data(), prefix.size() * sizeof(ThreadNumber));
  Send(input.data(), input.size());
  RunResult run;
  Receive(&run.head, sizeof run.head);
  run.findings = ReceiveArray<Finding>(run.head.finding_count);
  run.threads = ReceiveArray<ThreadInfo>(run.head.thread_count);
  run.objects = ReceiveArray<ObjectInfo>(run.head.object_count);
  run.edges = ReceiveArray<LockEdge>(run.head.edge_count);
  run.choices = ReceiveArray<Choice>(run.head.choice_count);
  run.steps = ReceiveArray<Step>(run.head.step_count);
  run.out.resize(run.head.out_bytes);
  Receive(run.out.data(), run.out.size());
  run.err.resize(run.head.err_bytes);
  Receive(run.err.data(), run.err.size());
  return run;
}

void ScheduledProgram::Send(const void* data, std::size_t size) {
  for (const char* at = static_cast<const char*>(data); size > 0;) {
    const ssize_t put = write(to_, at, size);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) throw std::runtime_error("the program reads no more orders");
    at += put;
    size -= static_cast<std::size_t>(put);
  }
}

void ScheduledProgram::Receive(void* data, std::size_t size) {
  for (char* at = static_cast<char*>(data); size > 0;) {
    const ssize_t got = read(from_, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw std::runtime_error("the program sends no more results");
    at += got;
    size -= static_cast<std::size_t>(got);
  }
}

template <typename T>
std::vector<T> ScheduledProgram::ReceiveArray(std::size_t count) {
  std::vector<T> array(count);
  Receive(array.data(), count * sizeof(T));
  return array;
}

}  // namespace grader::schedule
