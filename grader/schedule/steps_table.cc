#include "grader/schedule/steps_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace grader::schedule {
namespace {

constexpr std::size_t kFirst = 40;
constexpr std::size_t kLast = 120;
constexpr std::size_t kNarrowest = 16;
constexpr std::size_t kWidest = 46;

// A row as the table tells it.
struct Row {
  ThreadNumber thread = 0;
  std::string text;
};

std::string Verb(Operation operation) {
  switch (operation) {
    case Operation::kNone:
      return "";
    case Operation::kRead:
      return "reads";
    case Operation::kWrite:
      return "writes";
    case Operation::kAtomicLoad:
      return "loads";
    case Operation::kAtomicStore:
      return "stores";
    case Operation::kAtomicUpdate:
      return "updates";
    case Operation::kFence:
      return "fence";
    case Operation::kLock:
      return "locks";
    case Operation::kTryLock:
      return "tries";
    case Operation::kUnlock:
      return "unlocks";
    case Operation::kReadLock:
      return "locks shared";
    case Operation::kTryReadLock:
      return "tries shared";
    case Operation::kReadUnlock:
      return "unlocks shared";
    case Operation::kConditionWait:
      return "waits for";
    case Operation::kNotifyOne:
      return "notifies one of";
    case Operation::kNotifyAll:
      return "notifies all of";
    case Operation::kAtomicWait:
      return "waits on";
    case Operation::kAtomicNotify:
      return "notifies";
    case Operation::kSemaphoreAcquire:
      return "acquires";
    case Operation::kSemaphoreRelease:
      return "releases";
    case Operation::kBarrierWait:
      return "arrives at";
    case Operation::kOnce:
      return "calls once";
    case Operation::kStaticInit:
      return "initialises";
    case Operation::kThreadCreate:
      return "starts a thread";
    case Operation::kThreadStart:
      return "begins";
    case Operation::kThreadEnd:
      return "ends";
    case Operation::kJoin:
      return "joins";
    case Operation::kDetach:
      return "detaches";
    case Operation::kYield:
      return "yields";
    case Operation::kSleep:
      return "sleeps";
    case Operation::kClock:
      return "reads the clock";
    case Operation::kOutput:
      return "prints";
    case Operation::kInput:
      return "reads input";
    case Operation::kAllocate:
      return "allocates";
    case Operation::kFree:
      return "frees";
    case Operation::kExit:
      return "exits";
    case Operation::kMark:
      return "mark";
  }
  return "";
}

// What is of one thread alone, or said by its neighbours.
bool HasObject(const Step& step) {
  switch (step.operation) {
    case Operation::kThreadCreate:
    case Operation::kThreadStart:
    case Operation::kThreadEnd:
    case Operation::kYield:
    case Operation::kSleep:
    case Operation::kClock:
    case Operation::kExit:
    case Operation::kMark:
    case Operation::kFence:
      return false;
    default:
      return step.object != kNoObject;
  }
}

std::string LineAt(Scene& scene, const Step& step) {
  Stack stack;
  stack.frames[stack.depth++] = step.pc;
  if (step.caller != 0) stack.frames[stack.depth++] = step.caller;
  return scene.Line(stack);
}

StepRow RowOf(Scene& scene, const Step& step) {
  const bool of_its_life = step.operation == Operation::kThreadStart || step.operation == Operation::kThreadEnd;
  StepRow row{.thread = step.thread, .what = Verb(step.operation)};
  if (!of_its_life) row.place = LineAt(scene, step);
  if (HasObject(step)) row.what += " " + scene.Object(step.object);
  row.waits = step.blocked != 0;
  if (row.waits) row.what += ", must wait";
  if (step.spurious != 0) row.what += ", woken for no reason";
  for (std::size_t i = 0; i < std::min<std::size_t>(step.held_count, std::size(step.held)); ++i) {
    row.held.push_back(scene.Object(step.held[i]));
  }
  return row;
}

// Inside a library, such steps are of no interest.
bool IsOfMemory(Operation operation) {
  return operation == Operation::kRead || operation == Operation::kWrite || operation == Operation::kAllocate ||
         operation == Operation::kFree || operation == Operation::kAtomicLoad || operation == Operation::kAtomicStore ||
         operation == Operation::kAtomicUpdate;
}

std::vector<Row> RowsOf(Scene& scene) {
  std::vector<Row> rows;
  for (const StepRow& row : StepRows(scene)) {
    std::string text = row.place + (row.place.empty() ? "" : " ") + row.what;
    if (!row.held.empty()) text += fmt::format(" [{}]", fmt::join(row.held, ", "));
    if (row.times > 1) text += fmt::format(" x{}", row.times);
    rows.push_back({row.thread, std::move(text)});
  }
  return rows;
}

// The threads that do something in the table, in their order.
std::vector<ThreadNumber> Columns(const std::vector<Row>& rows) {
  std::vector<ThreadNumber> threads;
  for (const Row& row : rows) threads.push_back(row.thread);
  std::sort(threads.begin(), threads.end());
  threads.erase(std::unique(threads.begin(), threads.end()), threads.end());
  return threads;
}

std::size_t WidthOf(const std::vector<Row>& rows, ThreadNumber thread) {
  std::size_t width = kNarrowest;
  for (const Row& row : rows) {
    if (row.thread == thread) width = std::max(width, row.text.size());
  }
  return std::min(width, kWidest);
}

std::string WithoutEnd(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

std::vector<StepRow> StepRows(Scene& scene) {
  std::vector<StepRow> rows;
  for (const Step& step : scene.answer().steps) {
    const bool of_library = LineAt(scene, step).empty() || scene.Object(step.object) == kOfTheLibrary;
    if (IsOfMemory(step.operation) && of_library) continue;
    StepRow row = RowOf(scene, step);
    if (!rows.empty() && rows.back().SameAs(row)) {
      ++rows.back().times;
    } else {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::string StepsTable(Scene& scene) {
  const std::vector<Row> rows = RowsOf(scene);
  if (rows.empty()) return {};
  const auto threads = Columns(rows);
  std::vector<std::size_t> widths;
  std::string heading = "      ";
  for (const ThreadNumber thread : threads) {
    widths.push_back(WidthOf(rows, thread));
    heading += fmt::format("{:<{}}  ", Scene::Thread(thread), widths.back());
  }
  std::string table = WithoutEnd(heading);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == kFirst && rows.size() > kFirst + kLast) {
      const std::size_t left_out = rows.size() - kFirst - kLast;
      table += fmt::format("      ... {} steps ...\n", left_out);
      i += left_out;
    }
    std::string line = fmt::format("{:>4}  ", i + 1);
    for (std::size_t c = 0; c < threads.size(); ++c) {
      line += fmt::format("{:<{}}  ", threads[c] == rows[i].thread ? rows[i].text : "", widths[c]);
      if (threads[c] == rows[i].thread) break;
    }
    table += WithoutEnd(line);
  }
  return table;
}

}  // namespace grader::schedule
