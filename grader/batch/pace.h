#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>

namespace grader::batch {

// How many tasks want each processor, as an average of the last minute.
using Load = std::function<double()>;
double LoadOfThisMachine();  // getloadavg(3)

// How many gradings may run at one time, of `jobs` that are wished for: fewer, down to one, while more tasks want the
// processors than a machine can judge fairly. Verdicts do not depend on it, but limits of last resort do.
int FairJobs(int jobs, double load);

// Lets gradings run, so many at one time as is fair; looks anew whenever one begins or ends. Thread-safe.
class Pace {
 public:
  Pace(int jobs, Load load) : jobs_(jobs), load_(std::move(load)), allowed_(FairJobs(jobs, load_())) {}
  Pace(const Pace&) = delete;
  Pace& operator=(const Pace&) = delete;

  // While it lives, its grading is one of those that run.
  class Turn {
   public:
    explicit Turn(Pace& pace) : pace_(pace) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { pace_.End(); }

   private:
    Pace& pace_;
  };

  // Sleeps until one more may run.
  Turn Take();

  int Allowed() const;

 private:
  void End();

  const int jobs_;
  const Load load_;
  mutable std::mutex mutex_;
  std::condition_variable ended_;
  int allowed_;
  int running_ = 0;
};

}  // namespace grader::batch
