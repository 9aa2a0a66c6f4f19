// What the checks of this lab ask of a run. The driver that is linked with the submission prints, line by line, what
// came of each call; it is judged here.
#pragma once

#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab06 {

// A message of the driver's, as the driver tells one that it got: "SIZE DIGEST".
std::string Sent(std::int64_t seed, std::size_t number, std::size_t size);

// The outcomes that the driver told under this name, in their order: "returned", "true", "Closed", "SIZE DIGEST".
std::vector<std::string> Told(const Observation& run, const std::string& what);

// The driver's messages 1 … k, where k is how many send() had returned when the sender slept over the next.
std::vector<std::string> SentBeforeItSlept(const Observation& run, std::int64_t seed, std::size_t size);

// An outcome for a student: "it threw ipc::Closed", "a message of 12 bytes".
std::string InWords(const std::string& outcome);

// Exactly these outcomes are told under that name. One may be several that are right: "logic_error|Closed".
struct Expected {
  std::string sentence;  // completes "Expected: "
  std::string what;
  std::vector<std::string> outcomes;
};
RunMatcher Tells(Expected expected);

// Under that name so many calls, each with a time in nanoseconds that is also its name's last word, ended like this and
// not before their time.
RunMatcher GivesUpInTime(const std::string& sentence, const std::string& what, const std::string& outcome);

class IpcCheck : public LabCheck {
 protected:
  // A run of the driver. code is what it does, as a student would write it.
  RunOptions Scenario(std::vector<std::string> args, std::string code, TraceLevel level = TraceLevel::kLifecycle);

  // The run ended well, threw nothing but what was expected, and tells all this.
  void ExpectAll(const Observation& run, const std::vector<Expected>& expected);

  std::int64_t Seed() { return random().Integer(1, 1'000'000'000); }
  // Bytes of which a pipe or socket holds only a few messages, and never a whole number of them.
  std::size_t MoreThanFits() { return Size(300'000, 400'000); }
  std::size_t Size(std::size_t low, std::size_t high) {
    return static_cast<std::size_t>(random().Integer(static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)));
  }
};

constexpr std::size_t kKiB = 1024;
constexpr std::size_t kMiB = 1024 * kKiB;
inline const std::string kLogicError = "logic_error|Closed";  // Closed is one, too

}  // namespace grader::checks::lab06
