// Which of the tasks that could go on does.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "grader/observe/schedule.h"

namespace grader::observe {

// Pure: whoever can go on is told, who shall is answered, and the same questions get the same answers for the same
// seed. Nothing here depends on ids of the kernel.
class Scheduler {
 public:
  // A task by its place in the order of creation.
  struct Name {
    int process = 0;
    std::size_t thread = 0;
    friend auto operator<=>(const Name&, const Name&) = default;
  };
  struct Candidate {
    Name name;
    // The system call it is about to make; -1 if it is elsewhere.
    int call = -1;
  };
  struct Choice {
    std::size_t index = 0;              // among the candidates
    std::vector<std::size_t> put_back;  // whose turn it was but for a change point
  };

  explicit Scheduler(const Schedule& schedule);

  // There is at least one candidate.
  Choice Choose(const std::vector<Candidate>& candidates);

  // The task would sleep for a time now, or gave way: perhaps the others overtake it.
  void Slept(const Name& name);

  // Who has gone on so often in succession, though others could have, is put back: it may be waiting for them.
  static constexpr int kLongestTurn = 100;

 private:
  enum class Way { kFewChanges, kManyChanges };

  void ChangeSeldom(const std::vector<Candidate>& candidates, Choice& choice);
  void ChangeOften(const std::vector<Candidate>& candidates, Choice& choice);
  std::int64_t& PriorityOf(const Name& name);
  std::size_t Best(const std::vector<Candidate>& candidates);
  bool Chance(unsigned percent);
  void PutBack(const Name& name);

  std::uint64_t seed_;
  std::mt19937_64 random_;
  Way way_;
  int changes_left_;
  std::map<Name, std::int64_t> priorities_;
  std::int64_t lowest_ = 0;  // below all that were drawn
  std::int64_t highest_;     // above them
  Name last_;
  int turn_ = 0;
};

}  // namespace grader::observe
