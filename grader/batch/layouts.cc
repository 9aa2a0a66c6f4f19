#include "grader/batch/layouts.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "grader/batch/archive.h"
#include "grader/batch/commit_time.h"
#include "grader/batch/gradescope.h"
#include "grader/report/text.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGradescopeFile = "submission_metadata.yml";

// https://docs.moodle.org/en/Assignment_activity: "Full Name_participant_assignsubmission_file", and more behind it.
// Downloaded without folders, the name of the file is what is behind it, and a student's files lie side by side.
const std::regex kMoodle(R"((.+)_(\d+)_assignsubmission_(file|onlinetext)(?:_(.*))?)");
// Canvas: name[_LATE]_user_submission_file, as "Download Submissions" writes it.
const std::regex kCanvas(R"(([^_]+)_(LATE_)?(\d+)_(\d+)_(.+))");
const std::regex kCanvasAttempt(R"((.*)-\d+(\.[^.]+(?:\.[^.]+)?)$)");
const std::regex kGradescope(R"(submission_(\d+))");

bool Matches(const fs::path& entry, const std::regex& pattern) {
  return std::regex_match(entry.filename().string(), pattern);
}

void Ignore(const fs::path& entry, const char* why, std::vector<std::string>& ignored) {
  ignored.push_back(report::OneLine(entry.filename().string()) + " is ignored: " + why);
}

// alice.tar.gz is alice's.
std::string StemOf(const fs::path& archive) {
  auto stem = archive.stem();
  if (stem.extension() == ".tar") stem = stem.stem();
  return stem.string();
}

std::vector<HandIn> Plain(const std::vector<fs::path>& entries, std::vector<std::string>& ignored) {
  std::vector<HandIn> found;
  for (const auto& entry : entries) {
    if (fs::is_directory(fs::symlink_status(entry))) {
      found.push_back({.student = entry.filename().string(), .source = entry, .handed_in = CommitTimeOf(entry)});
    } else if (fs::is_regular_file(fs::symlink_status(entry)) && IsArchive(entry)) {
      found.push_back({.student = StemOf(entry), .source = entry});
    } else if (fs::is_symlink(fs::symlink_status(entry))) {
      Ignore(entry, "it is a link, and links are not followed", ignored);
    } else {
      Ignore(entry, "it is neither a folder nor an archive", ignored);
    }
  }
  return found;
}

std::vector<HandIn> Moodle(const std::vector<fs::path>& entries, std::vector<std::string>& ignored) {
  std::vector<HandIn> found;
  std::vector<HandIn> typed;  // into a box of the page
  std::set<std::string> with_files;
  std::set<std::pair<std::string, std::string>> first_files;  // of those without folders
  for (const auto& entry : entries) {
    std::smatch parts;
    const auto name = entry.filename().string();
    if (!std::regex_match(name, parts, kMoodle)) {
      Ignore(entry, "its name is not one that Moodle gives", ignored);
      continue;
    }
    const bool files = parts[3] == "file";
    if (!fs::is_directory(fs::symlink_status(entry)) && !first_files.emplace(parts[2], parts[3]).second) continue;
    if (files) with_files.insert(parts[2]);
    (files ? found : typed).push_back({.student = parts[2], .name = parts[1], .source = entry});
  }
  // A remark to the files, where there are any.
  std::ranges::copy_if(typed, std::back_inserter(found),
                       [&](const HandIn& one) { return !with_files.contains(one.student); });
  return found;
}

std::vector<HandIn> Canvas(const std::vector<fs::path>& entries, std::vector<std::string>& ignored) {
  std::map<std::string, HandIn> found;
  for (const auto& entry : entries) {
    std::smatch parts;
    const auto name = entry.filename().string();
    if (!std::regex_match(name, parts, kCanvas)) {
      Ignore(entry, "its name is not one that Canvas gives", ignored);
      continue;
    }
    auto& one = found[parts[3]];
    if (one.student.empty()) one = {.student = parts[3], .name = parts[1], .source = entry};
    one.marked_late = one.marked_late || parts[2].matched;
  }
  std::vector<HandIn> list;
  for (auto& [id, one] : found) list.push_back(std::move(one));
  return list;
}

std::vector<HandIn> Gradescope(const std::vector<fs::path>& entries, std::vector<std::string>& ignored) {
  std::vector<HandIn> found;
  std::map<std::string, GradescopeSubmission> told;
  for (const auto& entry : entries) {
    if (entry.filename() == kGradescopeFile) told = ReadGradescope(entry);
  }
  for (const auto& entry : entries) {
    const auto name = entry.filename().string();
    if (name == kGradescopeFile) continue;
    if (!Matches(entry, kGradescope)) {
      Ignore(entry, "its name is not one that Gradescope gives", ignored);
      continue;
    }
    HandIn one{.student = name, .source = entry};
    if (const auto facts = told.find(name); facts != told.end()) {
      if (!facts->second.id.empty()) one.student = facts->second.id;
      one.name = facts->second.name;
      one.email = facts->second.email;
      one.handed_in = facts->second.created;
    }
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace

Layout LayoutOf(const std::vector<fs::path>& entries) {
  const auto any = [&](const std::regex& pattern) {
    return std::ranges::any_of(entries, [&](const fs::path& entry) { return Matches(entry, pattern); });
  };
  const auto file = [](const fs::path& entry) { return fs::is_regular_file(fs::symlink_status(entry)); };
  if (any(kMoodle)) return Layout::kMoodle;
  if (any(kGradescope)) return Layout::kGradescope;
  const auto canvas = [&](const fs::path& entry) { return file(entry) && Matches(entry, kCanvas); };
  return std::ranges::any_of(entries, canvas) ? Layout::kCanvas : Layout::kPlain;
}

std::vector<HandIn> HandInsOf(Layout layout, const std::vector<fs::path>& entries, std::vector<std::string>& ignored) {
  switch (layout) {
    case Layout::kPlain:
      return Plain(entries, ignored);
    case Layout::kMoodle:
      return Moodle(entries, ignored);
    case Layout::kCanvas:
      return Canvas(entries, ignored);
    case Layout::kGradescope:
      return Gradescope(entries, ignored);
  }
  return {};
}

std::optional<LooseFile> LooseFileOf(const fs::path& file) {
  std::smatch parts;
  const auto name = file.filename().string();
  if (std::regex_match(name, parts, kMoodle)) {
    const auto given = parts[4].str();
    if (given.empty() || given == "." || given == "..") return std::nullopt;
    return LooseFile{parts[2].str() + ' ' + parts[3].str(), given};
  }
  if (!std::regex_match(name, parts, kCanvas)) return std::nullopt;
  const std::string given = parts[5];
  std::smatch attempt;
  const bool again = std::regex_match(given, attempt, kCanvasAttempt);
  return LooseFile{parts[3], again ? attempt[1].str() + attempt[2].str() : given};
}

std::vector<fs::path> LooseFilesWith(const fs::path& first) {
  std::vector<fs::path> files;
  const auto own = LooseFileOf(first);
  if (!own) return files;
  for (const auto& entry : fs::directory_iterator(first.parent_path())) {
    if (!entry.is_regular_file() || entry.is_symlink()) continue;
    const auto other = LooseFileOf(entry.path());
    if (other && other->hand_in == own->hand_in) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace grader::batch
