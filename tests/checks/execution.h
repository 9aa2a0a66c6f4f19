// A checks executable as `grade` meets it: an assignment on stdin, events on descriptor 3.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "grader/checks/printing.h"
#include "grader/checks/protocol.h"
#include "grader/os/files.h"
#include "grader/os/trusted_child.h"
#include "tests/checks/temporary_folder.h"

namespace grader::checks::testing {

// What came of one.
struct Execution {
  int wait_status = 0;
  std::vector<Event> events;
  std::string out;
  std::string err;

  int status() const { return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1; }

  template <typename T>
  std::vector<T> All() const {
    std::vector<T> found;
    for (const auto& event : events) {
      if (const auto* one = std::get_if<T>(&event)) found.push_back(*one);
    }
    return found;
  }

  CheckResult Result(const std::string& id) const {
    for (const auto& result : All<CheckResult>()) {
      if (result.id == id) return result;
    }
    ADD_FAILURE() << "no result of " << id;
    return {};
  }
};

// Runs it to its end; its streams become files of the folder.
inline Execution Execute(const TemporaryFolder& folder, const std::string& executable, const std::string& input,
                         const std::vector<std::string>& arguments = {}) {
  const auto create = [&folder](const char* name) {
    folder.Write(name, "");
    return os::OpenAt(os::kHere, (folder.path() / name).c_str(), O_WRONLY);
  };
  const auto content = [&folder](const char* name) {
    return os::ReadFileAt(os::kHere, (folder.path() / name).c_str()).value();
  };
  folder.Write("in", input);
  const auto in = os::OpenAt(os::kHere, (folder.path() / "in").c_str(), O_RDONLY);
  const auto out = create("out");
  const auto err = create("err");
  const auto results = create("results");
  std::vector<std::string> argv = {executable};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  const std::array<os::Inherited, 4> descriptors = {
      {{in.get(), 0}, {out.get(), 1}, {err.get(), 2}, {results.get(), 3}}};
  Execution execution;
  execution.wait_status = os::TrustedChild::Start(argv, descriptors).Wait();
  for (const auto& line : SplitLines(content("results"))) execution.events.push_back(FromLine(line));
  execution.out = content("out");
  execution.err = content("err");
  return execution;
}

}  // namespace grader::checks::testing
