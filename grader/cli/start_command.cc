#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

#include "grader/cli/command.h"
#include "grader/cli/errors.h"
#include "grader/cli/submission.h"
#include "grader/course/course.h"
#include "grader/course/error.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

struct StartOptions {
  std::string lab;
  std::optional<std::string> folder;
};

// Paths relative to `folder`, sorted. Only regular files: a link in a skeleton could lead anywhere.
std::vector<fs::path> FilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.symlink_status().type() == fs::file_type::regular)
      files.push_back(entry.path().lexically_relative(folder));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string Listed(const std::vector<fs::path>& files) {
  std::string text;
  for (const fs::path& file : files) text += (text.empty() ? "" : ", ") + file.string();
  return text;
}

// A copy that is whole or leaves nothing behind.
class SkeletonCopy {
 public:
  SkeletonCopy(fs::path from, fs::path to) : from_(std::move(from)), to_(std::move(to)) {}
  SkeletonCopy(const SkeletonCopy&) = delete;
  SkeletonCopy& operator=(const SkeletonCopy&) = delete;
  ~SkeletonCopy() {
    if (whole_) return;
    std::error_code ignored;
    // The last made first: folders are empty by then.
    for (const fs::path& made : std::views::reverse(made_)) fs::remove(made, ignored);
  }

  // Throws std::filesystem::filesystem_error, also if something is in the way meanwhile.
  void Make(const std::vector<fs::path>& files) {
    MakeFolder(to_);
    for (const fs::path& file : files) {
      MakeFolder((to_ / file).parent_path());
      made_.push_back(to_ / file);
      fs::copy_file(from_ / file, to_ / file, fs::copy_options::none);
    }
    whole_ = true;
  }

 private:
  void MakeFolder(const fs::path& folder) {
    if (fs::is_directory(folder)) return;
    if (folder.has_parent_path() && folder != to_) MakeFolder(folder.parent_path());
    if (fs::create_directory(folder)) made_.push_back(folder);
  }

  fs::path from_;
  fs::path to_;
  std::vector<fs::path> made_;
  bool whole_ = false;
};

void RefuseToOverwrite(const fs::path& to, const std::string& shown, const std::vector<fs::path>& files) {
  const fs::file_status there = fs::status(to);
  if (fs::exists(there) && !fs::is_directory(there)) {
    throw UsageError("'" + shown + "' is a file; name another folder");
  }
  if (!fs::exists(there) && !fs::is_directory(fs::absolute(to).lexically_normal().parent_path())) {
    throw UsageError("there is no folder to make '" + shown + "' in; check its name");
  }
  std::vector<fs::path> conflicts;
  for (const fs::path& file : files) {
    if (fs::exists(fs::symlink_status(to / file))) conflicts.push_back(file);
  }
  if (conflicts.empty()) return;
  throw UsageError("'" + shown + "' already has " + Listed(conflicts) +
                   "; nothing was copied: name another folder, or move them away");
}

void SayWhatNext(const course::Lab& lab, const StartOptions& options, const Context& context) {
  const std::string folder = options.folder.value_or(lab.id);
  const std::string first = lab.programs.front().sources.front();
  std::cout << "\nNext, write it and have it graded:\n"
            << "  ${EDITOR:-nano} " << report::ShellWord((fs::path(folder) / first).string()) << '\n'
            << "  " << context.program << ' ' << ShortName(lab)
            << (options.folder ? " " + report::ShellWord(*options.folder) : "") << '\n';
}

ExitStatus Start(const StartOptions& options, const Context& context) {
  const course::Course course = course::LoadCourse(FindInstallation(context.caller).course_root);
  const course::Lab& lab = course::FindLab(course, options.lab);
  if (!fs::is_directory(lab.skeleton)) throw course::CourseError(ShortName(lab) + " has no skeleton to start from");
  const std::string shown = options.folder.value_or("./" + lab.id);
  const fs::path to = context.caller.directory / options.folder.value_or(lab.id);
  const std::vector<fs::path> files = FilesIn(lab.skeleton);
  RefuseToOverwrite(to, shown, files);
  SkeletonCopy(lab.skeleton, to).Make(files);
  std::cout << ShortName(lab) << ", " << lab.title << ": copied " << Listed(files) << " to " << shown << ".\n";
  SayWhatNext(lab, options, context);
  return ExitStatus::kSuccess;
}

}  // namespace

void AddStart(const Commands& commands) {
  const auto options = std::make_shared<StartOptions>();
  Command& start = commands.line.Add("start", "begin a lab: copy its skeleton; overwrites nothing");
  start.Argument({{ValueKind::kLab}, "the lab: lab3, 3 or chat"}, options->lab);
  start.Argument({{ValueKind::kFolder}, "where to; by default ./lab03-chat", false}, options->folder);
  start.Does([commands, options] { return Start(*options, commands.context); });
}

}  // namespace grader::cli
