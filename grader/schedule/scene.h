// Names for who and what took part in one run, as a student knows them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "grader/schedule/code_map.h"
#include "grader/schedule/server.h"
#include "grader/schedule/source_lines.h"

namespace grader::schedule {

// What Object() calls variables of the standard library's own.
inline constexpr std::string_view kOfTheLibrary = "a variable of the library";

class Scene {
 public:
  // All outlive it.
  Scene(const Answer& answer, CodeMap& code, SourceLines& lines);

  // "the main thread", "thread 2".
  static std::string Thread(ThreadNumber thread);
  // "thread 2 (started at a.cpp:17)".
  std::string ThreadWithOrigin(ThreadNumber thread);

  // "mutex m", "condition variable 1", "counter", "a variable on the heap".
  std::string Object(ObjectNumber object) const;
  const ObjectInfo* Info(ObjectNumber object) const;
  const ThreadInfo* InfoOf(ThreadNumber thread) const;

  // "a.cpp:31", of the innermost frame of the student's code; else of the course's driver; empty if unknown.
  std::string Line(const Stack& stack);
  // The same for a place to look at: empty if it is not the student's.
  std::string StudentsLine(const Stack& stack);
  // " at a.cpp:31, in Event::set(), called from a.cpp:50: cv_.notify_one();", or empty.
  std::string At(const Stack& stack);
  // " at a.cpp:31", or empty.
  std::string Briefly(const Stack& stack);

  CodeMap& code() { return code_; }
  SourceLines& lines() { return lines_; }
  const Answer& answer() const { return answer_; }

 private:
  std::string NameOf(const ObjectInfo& info, std::map<ObjectKind, int>& unnamed);

  const Answer& answer_;
  CodeMap& code_;
  SourceLines& lines_;
  std::map<ObjectNumber, std::string> objects_;
};

// "a.cpp:31", of the frame that a student knows: the innermost of the submission, else of the course's driver.
std::string LineOf(const observe::Stack& frames);

// A function's name without types: "Event::set", "a lambda in main".
std::string ShortFunction(const std::string& demangled);

}  // namespace grader::schedule
