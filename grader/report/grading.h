// The model every report is made from: one submission, graded once.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grader/checks/result.h"
#include "grader/report/machine.h"

namespace grader::report {

// What is known before the first check runs. Texts are as the user wrote them; reports make them safe.
struct Subject {
  std::string lab;                // "lab02-reap"
  std::string title;              // "Orphans and zombies"
  std::string submission;         // the folder as the student typed it
  std::string command;            // what repeats this grading, quoted for a shell: "./grade lab2 skeletons/lab02-reap"
  std::vector<std::string> only;  // the filter; empty: every check was asked for
  std::string version;            // of the grader
  Machine machine;
  std::chrono::system_clock::time_point started;
};

// kLeftOut: the filter did not ask for it. kFault: the grader or the machine failed, not the student.
enum class Verdict { kPassed, kFailed, kSkipped, kFault, kLeftOut };

struct GradedCheck {
  checks::CheckInfo info;
  Verdict verdict = Verdict::kFault;
  checks::CheckResult result;
};

// kFullMarks: every check that was asked for passed. kFault wins over the other two: such a grading is not final.
enum class Overall { kFullMarks, kNotFullMarks, kFault };

struct Grading {
  Subject subject;
  std::uint64_t seed = 0;
  std::string isolation;                    // "full"; empty if the checks executable never said
  std::vector<checks::BuildReport> builds;  // in the order in which they were made
  std::vector<GradedCheck> checks;          // in the order in which they are declared
  std::vector<std::string> faults;          // of the grader or the machine, beside those of single checks
  std::chrono::milliseconds elapsed{0};
};

Overall OverallOf(const Grading& grading);

struct Points {
  double earned = 0;
  double total = 0;
};

// Of all checks of the lab, also of those that did not run.
Points PointsOf(const Grading& grading);

int CountOf(const Grading& grading, Verdict verdict);

// "10", "2.5": at most two decimals, no trailing zeros.
std::string PointsText(double points);

// Who reads a report. A student learns of a hidden check only its number, its verdict and its points.
enum class Audience { kStudent, kInstructor };

// The grading as `audience` may see it: for students every hidden check is anonymous ("Hidden.Check1", "hidden check
// 1") and without failures, hint, reason, output, source line; a reason that would name a hidden check does not.
Grading Redacted(Grading grading, Audience audience);

// Assembles a Grading from the stream of a checks executable, one event at a time.
class GradingBuilder {
 public:
  explicit GradingBuilder(Subject subject);

  // Events may come in any order; what contradicts the protocol becomes a fault of the grader, never of the student.
  void Add(const checks::Event& event);

  // Notes a fault that the stream cannot tell: "the checks executable was killed by signal 11".
  void AddFault(std::string what);

  // The stream is at its end. Without checks::Finished, checks without a result are faults.
  Grading Finish(std::chrono::milliseconds elapsed) &&;

 private:
  void On(const checks::Started& started);
  void On(const checks::BuildReport& build);
  void On(const checks::CheckStarted& check);
  void On(const checks::CheckResult& result);
  void On(const checks::Fault& fault);
  void On(const checks::Finished& finished);
  void Judge(GradedCheck& check) const;

  Grading grading_;
  std::vector<checks::CheckResult> results_;
  bool started_ = false;
  bool finished_ = false;
};

}  // namespace grader::report
