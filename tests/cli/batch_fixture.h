// A course whose lab 2 has checks that do what a submission's file `verdict` says, and a class that hands in.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/cli/fake_course.h"

namespace grader::cli {

inline constexpr const char* kTableHead = "id,lab,points,max,status,late,raw,name,email,group,note\n";

class BatchFixture : public ::testing::Test {
 protected:
  BatchFixture() {
    EXPECT_EQ(mkfifo((course_.root() / kHere / "fifo").c_str(), 0600), 0);
    course_.Checks(ChecksThatObey());
    HandIn("alice", "");
    HandIn("bob", "two");
  }

  // They note whom they grade. `verdict` may hold: "two" (4 of 10 points, by A.One), "six" (6, by A.Two), "crash" (a
  // fault), "once" (a fault at first), "wait" (says so through a fifo, and waits for ever), "odd" (full marks at every
  // second grading); else full marks.
  static std::string ChecksThatObey() {
    return "read -r assignment\n"
           "submission=$(echo \"$assignment\" | sed 's/.*\"submission\":\"\\([^\"]*\\)\".*/\\1/')\n"
           "echo \"${submission##*/}\" >>\"$HERE/graded\"\n"
           "verdict=$(cat \"$submission/verdict\" 2>/dev/null)\n"
           "if [ \"$verdict\" = odd ]; then\n"
           "  if [ -e \"$HERE/odd\" ]; then rm \"$HERE/odd\"; else touch \"$HERE/odd\"; verdict=two; fi\n"
           "fi\n"
           "case $verdict in\n  two)\n" +
           FakeCourse::Say({StartedEvent(), Passed("A.One", 4), Failed("A.Two"), checks::Finished{}}) +
           "  ;;\n  six)\n" +
           FakeCourse::Say({StartedEvent(), Failed("A.One"), Passed("A.Two", 6), checks::Finished{}}) +
           "  ;;\n  crash) kill -9 $$ ;;\n"
           "  once) if [ ! -e \"$HERE/crashed\" ]; then touch \"$HERE/crashed\"; kill -9 $$; fi\n" +
           FakeCourse::Say(FullMarks()) + "  ;;\n  wait) echo $$ >\"$HERE/fifo\"; exec tail -f /dev/null ;;\n  *)\n" +
           FakeCourse::Say(FullMarks()) + "  ;;\nesac\n";
  }

  // Another version of the lab: what was worth "two" is worth full marks, and the other way round.
  void TurnTheLabRound() {
    course_.Checks("turn() { case $1 in two) ;; '') echo two ;; *) echo \"$1\" ;; esac; }\n" +
                   Replaced(ChecksThatObey(), "case $verdict in", "case $(turn \"$verdict\") in"));
  }

  void HandIn(const std::string& student, const std::string& verdict) {
    const std::filesystem::path folder = "work/in/" + student;
    course_.Write(folder / "reap.cpp", "// by " + student + "\n");
    if (!verdict.empty()) course_.Write(folder / "verdict", verdict + "\n");
  }

  Ended Run(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"batch", "lab2", "in", "--out", "out", "--jobs", "1"};
    words.insert(words.end(), more.begin(), more.end());
    return course_.Run(words);
  }

  // Sleeps until the checks of a submission that waits have begun.
  void AwaitWaiting() {
    pid_t pid = 0;
    std::ifstream(course_.root() / kHere / "fifo") >> pid;
    EXPECT_GT(pid, 0);
  }

  std::string Grades() { return course_.Read("work/out/grades.csv"); }
  std::string Graded() { return course_.Read(std::filesystem::path(kHere) / "graded"); }

  static std::string Replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
  }

  static constexpr const char* kHere = "libexec/grade/labs/lab02-reap";  // of the checks
  FakeCourse course_;
};

}  // namespace grader::cli
