// Talks to a program under the scheduler's runtime directly, without sandbox or Explorer.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "grader/schedule/protocol.h"

namespace grader::schedule {

// A Result with its arrays.
struct RunResult {
  Result head;
  std::vector<Finding> findings;
  std::vector<ThreadInfo> threads;
  std::vector<ObjectInfo> objects;
  std::vector<LockEdge> edges;
  std::vector<Choice> choices;
  std::vector<Step> steps;
  std::string out;
  std::string err;
};

// A running fork server. Ends with its owner.
class ScheduledProgram {
 public:
  // path with argv[1…]. Throws std::runtime_error if it does not say Hello.
  explicit ScheduledProgram(const std::string& path, std::vector<std::string> arguments = {});
  ~ScheduledProgram();
  ScheduledProgram(const ScheduledProgram&) = delete;
  ScheduledProgram& operator=(const ScheduledProgram&) = delete;

  const Hello& hello() const { return hello_; }

  RunResult Run(Order order, const std::vector<ThreadNumber>& prefix = {}, const std::string& input = {});

 private:
  void Send(const void* data, std::size_t size);
  void Receive(void* data, std::size_t size);
  template <typename T>
  std::vector<T> ReceiveArray(std::size_t count);

  pid_t pid_ = -1;
  int to_ = -1;
  int from_ = -1;
  Hello hello_;
};

}  // namespace grader::schedule
