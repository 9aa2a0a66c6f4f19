#include "grader/checks/race_reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <regex>

namespace grader::checks {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kBegin = "WARNING: ThreadSanitizer: data race";
constexpr std::string_view kFreed = "WARNING: ThreadSanitizer: heap-use-after-free";
constexpr std::string_view kLibrarysOwn = "std::_Sp_atomic";

Lines SplitLines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Where the student's code is: "room.h:20" of "    #1 Room::Tell(...) room.h:20:5 (chat_server+0x1)", whose path has no
// slash in front. Other frames are the libraries'.
std::string OwnPlace(const std::string& frame) {
  static const std::regex kPlace(R"( ((?:\./)?[^ /:()][^ :()]*):(\d+)(?::\d+)? \()");
  std::smatch found;
  if (!std::regex_search(frame, found, kPlace)) return {};
  const auto name = found[1].str();
  if (name.starts_with("..")) return {};
  return (name.starts_with("./") ? name.substr(2) : name) + ":" + found[2].str();
}

bool IsFrame(const std::string& line) { return line.starts_with("    #"); }

// The lines of one report, taken apart by their headings.
class Report {
 public:
  explicit Report(Lines lines) : lines_(std::move(lines)) {}

  std::optional<RaceReport> Read() {
    const auto of_library = [](const std::string& line) { return line.find(kLibrarysOwn) != std::string::npos; };
    if (std::ranges::any_of(lines_, of_library)) return std::nullopt;
    std::vector<RacingAccess> accesses;
    RaceReport report;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (const auto access = ReadAccess(i)) accesses.push_back(*access);
      if (report.variable.empty() && lines_[i].starts_with("  Location is ")) report.variable = ReadVariable(i);
    }
    constexpr std::size_t kTwo = 2;
    if (accesses.size() < kTwo) return std::nullopt;
    report.now = accesses[0];
    report.before = accesses[1];
    if (report.now.place.empty()) return std::nullopt;
    if (report.before.place.empty() && !lost_stack_) return std::nullopt;
    return report;
  }

 private:
  std::optional<RacingAccess> ReadAccess(std::size_t heading) {
    static const std::regex kAccess(
        R"(^  (?:Previous )?((?:[Aa]tomic )?(?:[Rr]ead|[Ww]rite)) of size (\d+) at \S+ by (main thread|thread T(\d+))(.*):)");
    std::smatch found;
    if (!std::regex_match(lines_[heading], found, kAccess)) return std::nullopt;
    RacingAccess access;
    const auto kind = found[1].str();
    const bool writes = kind.ends_with("rite");
    access.what = fmt::format("{} of {} {}", writes ? "a write" : "a read", found[2].str(),
                              found[2].str() == "1" ? "byte" : "bytes");
    if (kind.find("tomic") != std::string::npos) access.what = "an atomic " + access.what.substr(2);
    access.thread = found[4].matched ? "thread " + found[4].str() : "the main thread";
    access.holds_mutex = found[5].str().find("mutexes:") != std::string::npos;
    for (std::size_t i = heading + 1; i < lines_.size() && !lines_[i].empty(); ++i) {
      lost_stack_ = lost_stack_ || lines_[i].find("failed to restore the stack") != std::string::npos;
      const auto place = IsFrame(lines_[i]) ? OwnPlace(lines_[i]) : std::string{};
      if (place.empty()) continue;
      if (!access.place.empty()) {
        access.caller = place;
        break;
      }
      access.place = place;
    }
    return access;
  }

  static std::string WithoutUnnamed(std::string name) {
    constexpr std::string_view kUnnamed = "(anonymous namespace)::";
    for (auto at = name.find(kUnnamed); at != name.npos; at = name.find(kUnnamed)) name.erase(at, kUnnamed.size());
    return name;
  }

  std::string ReadVariable(std::size_t heading) const {
    const auto& line = lines_[heading];
    static const std::regex kGlobal(R"(Location is global '([^']*)')");
    static const std::regex kDescriptor(R"(Location is file descriptor (\d+))");
    std::smatch found;
    if (line.find("'<null>'") != std::string::npos) return {};
    if (line.find("Location is stack of main thread") != std::string::npos)
      return "a local variable of the main thread";
    if (std::regex_search(line, found, kGlobal)) return "the variable " + WithoutUnnamed(found[1].str());
    if (std::regex_search(line, found, kDescriptor)) return "the descriptor " + found[1].str();
    if (line.find("Location is stack") != std::string::npos) return "a local variable of another thread";
    if (line.find("Location is heap block") == std::string::npos) return {};
    for (std::size_t i = heading + 1; i < lines_.size() && IsFrame(lines_[i]); ++i) {
      const auto place = OwnPlace(lines_[i]);
      if (!place.empty()) return "memory that was allocated at " + place;
    }
    return {};
  }

  Lines lines_;
  bool lost_stack_ = false;
};

}  // namespace

std::vector<RaceReport> ReadRaceReports(std::string_view text) {
  std::vector<RaceReport> reports;
  std::optional<Lines> open;
  for (auto& line : SplitLines(text)) {
    if (line.starts_with(kBegin) || line.starts_with(kFreed)) {
      open = Lines{};
    } else if (open && line.starts_with("SUMMARY: ")) {
      if (auto report = Report(std::move(*open)).Read()) reports.push_back(std::move(*report));
      open.reset();
    } else if (open) {
      open->push_back(std::move(line));
    }
  }
  return reports;
}

bool RaceDetectorFailed(std::string_view text) {
  const auto tells = [text](std::string_view words) { return text.find(words) != std::string_view::npos; };
  return tells("FATAL: ThreadSanitizer") || tells("ThreadSanitizer failed to") ||
         tells("ThreadSanitizer: CHECK failed") || tells("ThreadSanitizer setrlimit() failed") ||
         tells("ThreadSanitizer: unexpected memory mapping");
}

}  // namespace grader::checks
