// The program under the scheduler: one sandboxed process that forks a child for every schedule (protocol.h).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/sandbox/spawner.h"
#include "grader/schedule/recipe.h"

namespace grader::schedule {

// What is run again and again: a program that was built with the runtime, with its arguments and input.
struct Subject {
  sandbox::Command command;
  sandbox::Files files;
  sandbox::Limits limits;  // processes; time is the runtime's to judge
  std::string input;
};

// One run.
struct Answer {
  Result result;
  std::vector<Finding> findings;
  std::vector<ThreadInfo> threads;
  std::vector<ObjectInfo> objects;
  std::vector<LockEdge> edges;
  std::vector<Choice> choices;
  std::vector<Step> steps;
  std::string out;
  std::string err;
};

class Server {
 public:
  // Starts the program. Throws what Spawner::Launch throws.
  Server(sandbox::Spawner& spawner, const Subject& subject);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // How the program ended before main() began, a part of a sentence: "was killed by SIGSEGV ...". Empty if it is ready.
  const std::string& ended_early() const { return ended_early_; }

  // Runs it once. record: kRecordSteps, kRecordChoices, or both. Throws std::runtime_error if the server fails, which
  // is never the student's fault.
  Answer Run(const Recipe& recipe, std::uint32_t record = 0);

 private:
  void Greet();
  std::string EarlyEnd();
  void Send(const void* bytes, std::size_t size);
  bool Receive(void* bytes, std::size_t size);  // false at end of file
  template <typename T>
  void ReceiveMany(std::vector<T>& items, std::size_t count, std::size_t most);
  void Require(void* bytes, std::size_t size);
  void AwaitReadable();
  void AwaitWritable();
  [[noreturn]] void Fail(const std::string& what);

  std::unique_ptr<sandbox::Sandbox> sandbox_;
  std::string input_;
  std::string ended_early_;
  std::uint64_t asked_ = 0;
};

}  // namespace grader::schedule
