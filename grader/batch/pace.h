#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>

namespace grader::batch {

// How many tasks want each processor.
using Load = std::function<double()>;

// What the kernel tells of a machine's distress.
struct Strain {
  double load = 0;                      // tasks for each processor, an average of the last minute (proc_loadavg(5))
  std::optional<double> waits = {};     // percent of the last ten seconds that some task waited for a processor
  std::optional<double> thrashes = {};  // percent of them that every task waited for memory to come back from the disk
};

// From /proc/loadavg and /proc/pressure (https://docs.kernel.org/accounting/psi.html), which not every kernel has.
Strain ReadStrain(const std::filesystem::path& proc, long processors);

// The load that is to be counted with: no more than is fair while hardly anybody waits for a processor, since tasks
// that wait for disks count in `load`, too, and it tells of a minute ago; without bounds while the machine thrashes.
double LoadOf(const Strain& strain);

double LoadOfThisMachine();

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
