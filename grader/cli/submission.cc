#include "grader/cli/submission.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "grader/cli/errors.h"
#include "grader/course/nearest.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

std::string ErrnoText() { return std::generic_category().message(errno); }

// Every file that a submission of the program may consist of.
std::vector<std::string> FilesOf(const course::LabProgram& program) {
  std::vector<std::string> files = program.sources;
  if (program.python) files.push_back(program.name + ".py");
  return files;
}

std::vector<std::string> FilesOf(const course::Lab& lab) {
  std::vector<std::string> files;
  for (const course::LabProgram& program : lab.programs) {
    for (std::string& file : FilesOf(program)) files.push_back(std::move(file));
  }
  return files;
}

bool HoldsAnyOf(const fs::path& folder, const std::vector<std::string>& files) {
  std::error_code unreadable;
  return std::any_of(files.begin(), files.end(),
                     [&](const std::string& file) { return fs::exists(folder / file, unreadable); });
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : &word == &words.back() ? " or " : ", ") + word;
  }
  return text;
}

std::vector<std::string> FolderNames(const course::Lab& lab) { return {lab.id, ShortName(lab), lab.name}; }

std::string NearestFolder(const fs::path& missing) {
  if (!missing.has_filename()) return NearestFolder(missing.parent_path());  // "lab2/"
  std::vector<std::string> there;
  std::error_code unreadable;
  const fs::path parent = missing.has_parent_path() ? missing.parent_path() : fs::path(".");
  for (const auto& entry : fs::directory_iterator(parent, unreadable)) {
    if (entry.is_directory(unreadable)) there.push_back(entry.path().filename().string());
  }
  std::sort(there.begin(), there.end());
  return course::DidYouMean(missing.filename().string(), there);
}

// Throws unless `folder` is a folder that may be listed and entered.
void RequireFolder(const fs::path& folder, const std::string& shown) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found || shown.empty()) {
    const std::string near = shown.empty() ? "" : NearestFolder(folder.lexically_normal());
    throw UsageError("there is no folder '" + shown + "'" + (near.empty() ? "; check its name" : near));
  }
  if (status.type() != fs::file_type::none && !fs::is_directory(status)) {
    throw UsageError("'" + shown + "' is a file; name the folder that holds it");
  }
  if (access(folder.c_str(), R_OK | X_OK) != 0) {
    throw UsageError("the folder '" + shown + "' cannot be read (" + ErrnoText() + "); change its permissions");
  }
}

// A file that cannot be read is no missing program: the student would look for the mistake in the wrong place.
void RequireReadable(const fs::path& folder, const Submission& submission, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    std::error_code error;
    if (!fs::exists(folder / file, error)) continue;
    const std::string shown = (fs::path(submission.shown) / file).lexically_normal().string();
    if (!fs::is_regular_file(folder / file, error)) {
      throw UsageError("'" + shown + "' is not a file; put the program's source there");
    }
    if (access((folder / file).c_str(), R_OK) != 0) {
      throw UsageError("'" + shown + "' cannot be read (" + ErrnoText() + "); change its permissions");
    }
  }
}

std::string Choose(const course::Lab& lab, const fs::path& directory) {
  if (const auto folder = LabFolderIn(lab, directory)) return *folder;
  if (HoldsAnyOf(directory, FilesOf(lab))) return ".";
  std::vector<std::string> places;
  for (const std::string& name : FolderNames(lab)) places.push_back("./" + name);
  throw UsageError("no submission for " + ShortName(lab) + " here: neither " + Joined(places) + ", nor " +
                   Joined(FilesOf(lab)) + "; name its folder: grade " + ShortName(lab) +
                   " DIR, or begin one: grade start " + ShortName(lab));
}

}  // namespace

std::string ShortName(const course::Lab& lab) { return "lab" + std::to_string(lab.number); }

std::optional<std::string> LabFolderIn(const course::Lab& lab, const fs::path& directory) {
  for (const std::string& name : FolderNames(lab)) {
    std::error_code unreadable;
    if (fs::is_directory(directory / name, unreadable)) return name;
  }
  return std::nullopt;
}

Submission FindSubmission(const course::Lab& lab, const std::optional<std::string>& typed, const fs::path& directory) {
  Submission submission;
  submission.shown = typed ? *typed : Choose(lab, directory);
  const fs::path folder = directory / submission.shown;
  RequireFolder(folder, submission.shown);
  const std::vector<std::string> files = FilesOf(lab);
  if (!HoldsAnyOf(folder, files)) {
    throw UsageError("no " + Joined(files) + " in '" + submission.shown + "'; is this the folder of " + ShortName(lab) +
                     "?");
  }
  RequireReadable(folder, submission, files);
  submission.folder = fs::canonical(folder);
  return submission;
}

}  // namespace grader::cli
