#include "grader/batch/intake.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

#include "grader/batch/archive.h"
#include "grader/batch/error.h"
#include "grader/batch/layouts.h"
#include "grader/report/text.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 6;  // folders that a program may lie in

std::vector<fs::path> EntriesOf(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->path().filename().string().starts_with('.')) entries.push_back(entry->path());
  }
  if (error) throw InputError(fmt::format("{}: {}; name the folder of hand-ins", folder.string(), error.message()));
  std::ranges::sort(entries);
  return entries;
}

void Match(HandIn& one, const Roster& roster) {
  const auto* student = roster.Find(one.student);
  if (student == nullptr && !one.email.empty()) student = roster.Find(one.email);
  if (student == nullptr) return;
  one.student = student->id;
  if (!student->name.empty()) one.name = student->name;
  if (!student->email.empty()) one.email = student->email;
}

// Whose is which must not be guessed.
std::vector<HandIn> OnePerStudent(std::vector<HandIn> found) {
  std::map<std::string, HandIn> by_student;
  for (auto& one : found) {
    const auto id = one.student;
    const auto [place, first] = by_student.try_emplace(id, std::move(one));
    if (first) continue;
    place->second.problem = fmt::format("there are two hand-ins, {} and {}; leave the one that counts",
                                        report::OneLine(place->second.source.filename().string()),
                                        report::OneLine(one.source.filename().string()));
  }
  std::vector<HandIn> list;
  for (auto& [id, one] : by_student) list.push_back(std::move(one));
  return list;
}

bool IsFile(const fs::path& path) { return fs::is_regular_file(fs::symlink_status(path)); }
bool IsFolder(const fs::path& path) { return fs::is_directory(fs::symlink_status(path)); }

bool HoldsAProgram(const fs::path& folder, const course::Lab& lab) {
  return std::ranges::any_of(lab.programs, [&](const course::LabProgram& program) {
    const auto there = [&](const std::string& source) { return IsFile(folder / source); };
    return std::ranges::all_of(program.sources, there) || (program.python && there(program.name + ".py"));
  });
}

std::vector<fs::path> FoldersIn(const fs::path& folder) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (IsFolder(entry.path()) && !name.starts_with('.') && name != "__MACOSX") folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  return folders;
}

std::string WantedOf(const course::Lab& lab) {
  std::string wanted;
  for (const auto& program : lab.programs) {
    for (const auto& source : program.sources) {
      if (wanted.find(source) == std::string::npos) wanted += (wanted.empty() ? "" : ", ") + source;
    }
  }
  return wanted;
}

// What the lab asks for and is there as a link only.
std::optional<std::string> LinkedProgram(const fs::path& folder, const course::Lab& lab) {
  const auto linked = [&](const std::string& name) { return fs::is_symlink(fs::symlink_status(folder / name)); };
  for (const auto& program : lab.programs) {
    for (const auto& source : program.sources) {
      if (linked(source)) return source;
    }
    if (program.python && linked(program.name + ".py")) return program.name + ".py";
  }
  return std::nullopt;
}

// The nearest folder with a program: level by level.
fs::path FindProgram(const fs::path& root, const course::Lab& lab) {
  std::vector<fs::path> level = {root};
  std::optional<std::string> linked;
  for (int depth = 0; depth <= kDeepest && !level.empty(); ++depth) {
    std::vector<fs::path> holding, next;
    for (const auto& folder : level) {
      if (HoldsAProgram(folder, lab)) holding.push_back(folder);
      if (!linked) linked = LinkedProgram(folder, lab);
      for (auto& below : FoldersIn(folder)) next.push_back(std::move(below));
    }
    if (holding.size() == 1) return holding.front();
    if (holding.size() > 1) {
      throw RefusedArchive(fmt::format("the program is in it twice: in {} and in {}",
                                       report::OneLine(holding[0].lexically_relative(root).string()),
                                       report::OneLine(holding[1].lexically_relative(root).string())));
    }
    level = std::move(next);
  }
  if (linked) throw RefusedArchive(*linked + " is a link in it, and links are not followed");
  throw RefusedArchive("none of the files that the lab asks for is in it: " + WantedOf(lab));
}

// The only archive among the files of a folder, if there is one.
std::optional<fs::path> OnlyArchive(const std::vector<fs::path>& files) {
  if (std::ranges::count_if(files, IsArchive) != 1) return std::nullopt;
  return *std::ranges::find_if(files, IsArchive);
}

std::vector<fs::path> FilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (IsFile(entry.path())) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

Intake TakeIn(const fs::path& folder, const Roster& roster) {
  Intake intake;
  const auto entries = EntriesOf(folder);
  intake.layout = LayoutOf(entries);
  auto found = HandInsOf(intake.layout, entries, intake.ignored);
  for (auto& one : found) Match(one, roster);
  intake.hand_ins = OnePerStudent(std::move(found));
  if (!intake.hand_ins.empty()) return intake;
  throw InputError(folder.string() + " holds no hand-in: it wants a folder or an archive for each student");
}

fs::path FolderToGrade(const HandIn& hand_in, const course::Lab& lab, const fs::path& scratch) {
  if (IsFolder(hand_in.source)) {
    const auto files = FilesIn(hand_in.source);
    const auto archive = OnlyArchive(files);
    if (!archive || HoldsAProgram(hand_in.source, lab)) return FindProgram(hand_in.source, lab);
    Unpack(*archive, scratch);
    return FindProgram(scratch, lab);
  }
  const auto files = LooseFilesWith(hand_in.source);
  if (files.empty() && fs::is_symlink(fs::symlink_status(hand_in.source))) {
    throw RefusedArchive("it is a link, and links are not followed");
  }
  if (files.size() <= 1 && IsArchive(hand_in.source)) {
    Unpack(hand_in.source, scratch);
  } else if (const auto archive = OnlyArchive(files)) {
    Unpack(*archive, scratch);
  } else {
    for (const auto& file : files) {
      const auto name = LooseFileOf(file).value().name;
      if (!fs::copy_file(file, scratch / name, fs::copy_options::skip_existing)) {
        throw RefusedArchive("two files of it have the same name: " + report::OneLine(name));
      }
    }
  }
  return FindProgram(scratch, lab);
}

}  // namespace grader::batch
