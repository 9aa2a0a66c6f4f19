#include "grader/checks/printing.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <string_view>

#include "grader/observe/schedule_text.h"

namespace grader::checks {
namespace {

constexpr std::size_t kMostFacts = 6;
constexpr std::size_t kMostSteps = 24;
constexpr std::size_t kMostOutput = 4096;  // of each stream, in a report

std::string Quoted(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string Shortened(const observe::Captured& captured) {
  if (captured.complete() && captured.head.size() + captured.tail.size() <= kMostOutput) return captured.text();
  const auto& head = captured.head;
  const auto& end = captured.complete() ? captured.head + captured.tail : captured.tail;
  const auto first = head.substr(0, kMostOutput / 2);
  const auto last = end.substr(end.size() - std::min(end.size(), kMostOutput / 2));
  const auto all = head.size() + captured.tail.size() + captured.left_out;
  return fmt::format("{}\n[... {} bytes left out ...]\n{}", first, all - first.size() - last.size(), last);
}

}  // namespace

std::string CommandLine(const observe::Observation& run) {
  return run.title.empty() ? CommandLine(run.command) : run.title;
}

std::string CommandLine(const sandbox::Command& command) {
  if (command.argv.empty()) return {};
  auto word = command.argv.begin();
  std::string line;
  const auto name = std::filesystem::path(*word).filename().string();
  if (name.starts_with("python3") && command.argv.size() > 1) {
    ++word;
    line = "python3 " + Quoted(std::filesystem::path(*word).filename().string());
  } else {
    line = "./" + Quoted(name);
  }
  while (++word != command.argv.end()) line += " " + Quoted(*word);
  return line;
}

std::vector<std::string> Lines(const observe::Observation& run) { return SplitLines(run.out.text()); }

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

namespace {

// Who called the student's function that StudentFrame() finds: many fork in a helper, and the helper's line alone does
// not tell which of its uses it was.
std::string CallerOf(const observe::Stack& stack) {
  auto inner = true;
  for (const auto& frame : stack) {
    if (!frame.in_submission || frame.line <= 0) continue;
    if (!inner) return fmt::format("{}:{}", frame.file, frame.line);
    inner = false;
  }
  return {};
}

}  // namespace

std::string Name(const observe::ProcessRecord& process) {
  if (process.parent < 0) return fmt::format("the program (process {})", process.pid);
  const auto place = PlaceOf(process.created_at);
  const auto caller = CallerOf(process.created_at);
  return fmt::format("process {}{}{}{}", process.pid, place.empty() ? "" : " (forked at " + place,
                     caller.empty() ? "" : ", called from " + caller, place.empty() ? "" : ")");
}

std::string PlaceOf(const observe::Stack& stack) {
  const auto frame = observe::StudentFrame(stack);
  if (!frame || frame->file.empty()) return {};
  return frame->line > 0 ? fmt::format("{}:{}", frame->file, frame->line) : frame->file;
}

std::string InWords(std::chrono::microseconds time) {
  const auto count = static_cast<double>(time.count());
  if (count < 10'000) return fmt::format("{:.1f} ms", count / 1e3);
  if (count < 2'000'000) return fmt::format("{:.0f} ms", count / 1e3);
  return fmt::format("{:.1f} s", count / 1e6);
}

std::string Count(std::uint64_t n, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::vector<std::string> Bounded(std::vector<std::string> facts) {
  if (facts.size() <= kMostFacts) return facts;
  const auto more = facts.size() - (kMostFacts - 1);
  facts.resize(kMostFacts - 1);
  facts.push_back(fmt::format("and {} more like these", more));
  return facts;
}

std::string OutputOf(const observe::Observation& run) {
  auto output = Shortened(run.out);
  const auto add = [&output](std::string_view heading, const std::string& text) {
    if (text.empty()) return;
    if (!output.empty() && output.back() != '\n') output += '\n';
    output += fmt::format("--- {} ---\n{}", heading, text);
  };
  add("stderr", Shortened(run.err));
  std::string steps;
  for (const auto& step : observe::TellSteps(run, kMostSteps)) steps += step + "\n";
  add("the last steps, one process at a time", steps);
  return output;
}

}  // namespace grader::checks

namespace grader::observe {

void PrintTo(const Observation& run, std::ostream* out) {
  *out << "`" << checks::CommandLine(run) << "`, which " << Describe(run.outcome);
}

}  // namespace grader::observe
