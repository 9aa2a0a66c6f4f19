// What all checks of lab 11 need: how much work there is, and runs in the midst of it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab11 {

using std::chrono::microseconds;

// How many primes are at most limit.
int CountOfPrimes(int limit);

// One line with that number.
RunMatcher PrintsTheCount(int limit);

// One line with any number: a program that does nothing shows nothing.
RunMatcher PrintsANumber();

// How much there is to do, by the submission's own serial program. Processor time.
struct Work {
  int limit = 0;
  microseconds start_up{0};   // of a program that has nothing to count
  microseconds computing{0};  // what counting takes besides
};

// The threads or processes that count.
enum class Kind { kThreads, kProcesses };

// One of them, by its thread id inside.
struct Worker {
  pid_t tid = 0;
  int process = 0;
  microseconds cpu_time{0};
};

// The threads besides the main one, or the children's main threads, in the order of their births; of a run that ended.
std::vector<Worker> Workers(const Observation& run, Kind kind);

// "worker 2 (thread 7)".
std::string NameOf(const std::vector<Worker>& workers, std::size_t index);

// A run that was stopped in the midst of its work: what each worker was doing at that moment.
struct Glimpse {
  int computing = 0;  // workers that were neither asleep nor in a system call, and had computed before
  int polling = 0;    // workers that slept for a fixed time
  Observation run;
};

// A run in which one worker was stopped for good in the midst of testing numbers.
struct Standstill {
  bool others_went_on = false;  // another one computed after that, or came to its end
  Observation run;
};

class PrimesCheck : public LabCheck {
 protected:
  bool IsPython() { return Program().python; }

  // The least power of two times a few thousand that takes the serial program long enough, or the most that is allowed.
  // Measured once. Nothing if the serial program does not work; then the check has failed.
  std::optional<Work> FindWork();

  // Whether there is enough to do that one can see who does it. Only a program that hardly computes at all has not.
  static bool IsEnough(const Work& work) { return work.computing >= 10ms; }

  // A whole run with Observation::processor_use, or nothing if it did not end with 0; then the check has failed.
  std::optional<Observation> RunWhole(const std::string& mode, int workers, const Work& work);

  // Stops so many runs, each at another point of the middle of the work. Runs that were over too soon are left out. If
  // one of them ends badly the check has failed.
  std::vector<Glimpse> Look(const std::string& mode, int workers, const Work& work, int times);

  // Stops one worker in the midst of testing numbers, in so many runs if it can, and looks whether another one computes
  // meanwhile. Runs in which nobody was met there are left out. If one of them ends badly the check has failed.
  std::vector<Standstill> HoldOneWorker(const std::string& mode, int workers, const Work& work, int times);

  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }

 private:
  std::optional<Standstill> HoldOneWorkerAt(microseconds until, RunOptions options);
  std::optional<microseconds> SerialTime(int limit);
};

// In how many of the glimpses it is so.
int InHowMany(const std::vector<Glimpse>& glimpses, const std::function<bool(const Glimpse&)>& is_so);

// The first of the glimpses in which it is so.
const Observation& FirstOf(const std::vector<Glimpse>& glimpses, const std::function<bool(const Glimpse&)>& is_so);

}  // namespace grader::checks::lab11
