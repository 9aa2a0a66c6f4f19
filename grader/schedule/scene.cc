#include "grader/schedule/scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace grader::schedule {
namespace {

constexpr std::string_view kDriver = "/extra/";

std::string KindName(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kMemory:
      return "variable";
    case ObjectKind::kAtomic:
      return "atomic";
    case ObjectKind::kMutex:
      return "mutex";
    case ObjectKind::kRecursiveMutex:
      return "recursive mutex";
    case ObjectKind::kSharedMutex:
      return "shared mutex";
    case ObjectKind::kCondition:
      return "condition variable";
    case ObjectKind::kSemaphore:
      return "semaphore";
    case ObjectKind::kBarrier:
      return "barrier";
    case ObjectKind::kOnce:
      return "once flag";
    case ObjectKind::kStaticGuard:
      return "static variable";
    case ObjectKind::kStream:
      return "stream";
    case ObjectKind::kSpinLock:
      return "spin lock";
    case ObjectKind::kThread:
      return "thread";
  }
  return "object";
}

// Cuts <...> and (...) out, so that only names are left.
std::string WithoutBrackets(std::string_view text) {
  std::string plain;
  int depth = 0;
  for (const char c : text) {
    if (c == '<' || c == '(' || c == '{') ++depth;
    if (depth == 0) plain += c;
    if (c == '>' || c == ')' || c == '}') depth = std::max(depth - 1, 0);
  }
  return plain;
}

const observe::Frame* KnownFrame(const observe::Stack& frames) {
  const auto students =
      std::find_if(frames.begin(), frames.end(), [](const observe::Frame& f) { return f.in_submission && f.line > 0; });
  if (students != frames.end()) return &*students;
  const auto drivers =
      std::find_if(frames.begin(), frames.end(), [](const observe::Frame& f) { return f.file.starts_with(kDriver); });
  return drivers == frames.end() ? nullptr : &*drivers;
}

std::string LineOf(const observe::Frame& frame) {
  const bool drivers = frame.file.starts_with(kDriver);
  return fmt::format("{}:{}", drivers ? frame.file.substr(kDriver.size()) : frame.file, frame.line);
}

}  // namespace

std::string LineOf(const observe::Stack& frames) {
  const observe::Frame* const frame = KnownFrame(frames);
  return frame == nullptr ? "" : LineOf(*frame);
}

std::string ShortFunction(const std::string& demangled) {
  constexpr std::string_view kUnnamed = "(anonymous namespace)::";
  constexpr std::string_view kLambda = "{lambda(";
  std::string name = demangled;
  for (auto at = name.find(kUnnamed); at != std::string::npos; at = name.find(kUnnamed))
    name.erase(at, kUnnamed.size());
  if (name.starts_with("operator()")) return "a lambda";
  if (name.starts_with("__static_initialization")) return "the initialisation of a static variable";
  const auto lambda = name.find(kLambda);
  std::string outer = WithoutBrackets(std::string_view(name).substr(0, lambda));
  while (outer.ends_with(':')) outer.pop_back();
  outer = outer.substr(0, outer.find("[abi:"));
  if (const auto blank = outer.rfind(' '); blank != std::string::npos && outer.find("operator") == std::string::npos) {
    outer = outer.substr(blank + 1);  // a template's demangled name begins with its return type
  }
  if (lambda == std::string::npos) return outer;
  return outer.empty() ? "a lambda" : "a lambda in " + outer;
}

Scene::Scene(const Answer& answer, CodeMap& code, SourceLines& lines) : answer_(answer), code_(code), lines_(lines) {
  std::map<ObjectKind, int> unnamed;
  for (const ObjectInfo& info : answer.objects) objects_[info.object] = NameOf(info, unnamed);
}

std::string Scene::NameOf(const ObjectInfo& info, std::map<ObjectKind, int>& unnamed) {
  const bool plain = info.kind == ObjectKind::kMemory;
  const std::string kind = KindName(info.kind);
  if (info.storage == Storage::kGlobal) {
    std::string name = code_.Global(info.address);
    // Memory is numbered by eight bytes, of which a small variable may be the second half.
    constexpr std::uint64_t kHalf = 4;
    if (name.empty() && plain) name = code_.Global(info.address + kHalf);
    if (name.find("std::__") != std::string::npos) return std::string(kOfTheLibrary);
    if (!name.empty()) return plain || name == kind ? name : kind + " " + name;
  }
  return fmt::format("{} {}", kind, ++unnamed[info.kind]);
}

std::string Scene::Thread(ThreadNumber thread) {
  if (thread < 0) return "a thread";
  return thread == 0 ? "the main thread" : fmt::format("thread {}", thread);
}

std::string Scene::ThreadWithOrigin(ThreadNumber thread) {
  const ThreadInfo* const info = InfoOf(thread);
  const std::string line = info == nullptr || thread == 0 ? "" : Line(info->created);
  return line.empty() ? Thread(thread) : fmt::format("{} (started at {})", Thread(thread), line);
}

std::string Scene::Object(ObjectNumber object) const {
  const auto known = objects_.find(object);
  return known == objects_.end() ? "something" : known->second;
}

const ObjectInfo* Scene::Info(ObjectNumber object) const {
  const auto known = std::find_if(answer_.objects.begin(), answer_.objects.end(),
                                  [object](const ObjectInfo& info) { return info.object == object; });
  return known == answer_.objects.end() ? nullptr : &*known;
}

const ThreadInfo* Scene::InfoOf(ThreadNumber thread) const {
  const auto known = std::find_if(answer_.threads.begin(), answer_.threads.end(),
                                  [thread](const ThreadInfo& info) { return info.thread == thread; });
  return known == answer_.threads.end() ? nullptr : &*known;
}

std::string Scene::Line(const Stack& stack) { return LineOf(code_.Frames(stack)); }

std::string Scene::StudentsLine(const Stack& stack) {
  const auto frame = observe::StudentFrame(code_.Frames(stack));
  return frame ? LineOf(*frame) : "";
}

std::string Scene::Briefly(const Stack& stack) {
  const std::string line = Line(stack);
  return line.empty() ? "" : " at " + line;
}

std::string Scene::At(const Stack& stack) {
  const observe::Stack frames = code_.Frames(stack);
  const observe::Frame* const here = KnownFrame(frames);
  if (here == nullptr) return {};
  std::string text = " at " + LineOf(*here);
  if (const std::string function = ShortFunction(here->function); !function.empty()) text += ", in " + function;
  const auto outer = std::find_if(frames.begin() + (here - frames.data()) + 1, frames.end(),
                                  [](const observe::Frame& f) { return f.in_submission && f.line > 0; });
  if (outer != frames.end() && LineOf(*outer) != LineOf(*here)) text += ", called from " + LineOf(*outer);
  if (const std::string code = lines_.At(here->file, here->line); !code.empty()) text += ": " + code;
  return text;
}

}  // namespace grader::schedule
