#include "grader/lms/grader_tree.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

#include "grader/lms/pack_scripts.h"
#include "grader/os/trusted_child.h"

namespace grader::lms {
namespace {

namespace fs = std::filesystem;
using Mode = PackFile::Mode;

// These belong to the system or come with its compiler.
const std::regex kOfTheSystem(
    R"((linux-vdso|ld-linux|libc\.|libm\.|libdl\.|librt\.|libpthread\.|libresolv\.|libutil\.|libstdc|libgcc_s).*)");

std::string TextOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) throw std::runtime_error(file.string() + " cannot be read");
  return text.str();
}

// What a program of the system prints; empty if it cannot do it with that file.
std::string OutputOf(const std::vector<std::string>& argv, const fs::path& scratch) {
  const fs::path out = scratch / "out";
  {
    const os::Fd file(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const os::Fd null(open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!file || !null) throw std::runtime_error("cannot write to " + out.string());
    const os::Inherited descriptors[] = {
        {null.get(), STDIN_FILENO}, {file.get(), STDOUT_FILENO}, {null.get(), STDERR_FILENO}};
    os::TrustedChild::Start(argv, descriptors).Wait();
  }
  return TextOf(out);
}

// Without symbols, which are most of it; as it is if it has none (a script).
std::string Stripped(const fs::path& executable, const fs::path& scratch) {
  const fs::path stripped = scratch / "stripped";
  fs::remove(stripped);
  if (fs::exists("/usr/bin/strip")) OutputOf({"/usr/bin/strip", "-o", stripped.string(), executable.string()}, scratch);
  return TextOf(fs::exists(stripped) ? stripped : executable);
}

// Files by name, of all that these executables load.
std::set<fs::path> LibrariesOf(const std::vector<fs::path>& executables, const fs::path& scratch) {
  static const std::regex kLine(R"(\s*(\S+) => (/\S+) \(0x[0-9a-f]+\))");
  std::set<fs::path> libraries;
  for (const fs::path& executable : executables) {
    std::istringstream lines(OutputOf({"/usr/bin/ldd", executable.string()}, scratch));
    std::smatch parts;
    for (std::string line; std::getline(lines, line);) {
      if (std::regex_match(line, parts, kLine) && !std::regex_match(parts[1].str(), kOfTheSystem)) {
        libraries.insert(parts[2].str());
      }
    }
  }
  return libraries;
}

// The course as far as this lab needs it: due dates of other labs would name what is not there.
std::string CourseToml(const course::Course& course) {
  std::string title;
  for (const char c : course.title) title += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  std::string text = fmt::format("title = \"{}\"\n\n[limits]\n", title);
  const auto& limits = course.limits;
  if (limits.cpu_time) text += fmt::format("cpu = \"{}ms\"\n", limits.cpu_time->count());
  if (limits.memory) text += fmt::format("memory = \"{}KiB\"\n", limits.memory->count >> 10);
  if (limits.processes) text += fmt::format("processes = {}\n", *limits.processes);
  return text;
}

// What an installation holds of a lab's folder.
bool IsForStudentsCode(const fs::path& relative) {
  static const std::set<std::string> kLeftOut = {"checks", "right", "wrong"};
  return !kLeftOut.contains(relative.begin()->string());
}

void AddFolder(const fs::path& folder, const std::string& below, std::vector<PackFile>& files) {
  if (!fs::is_directory(folder)) return;
  std::set<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && IsForStudentsCode(entry.path().lexically_relative(folder))) {
      found.insert(entry.path());
    }
  }
  for (const fs::path& file : found) {
    files.push_back({below + file.lexically_relative(folder).string(), TextOf(file), Mode::kPlain});
  }
}

}  // namespace

std::vector<PackFile> GraderTree(const GraderParts& parts, const fs::path& scratch) {
  const std::string& id = parts.lab.id;
  std::vector<PackFile> files = {
      {"grader/run", RunScript(parts.lab), Mode::kExecutable},
      {"grader/fits", FitsScript(), Mode::kExecutable},
      {"grader/README.md", Readme(parts.lab)},
      {"grader/bin/grade", Stripped(parts.grade, scratch), Mode::kExecutable},
      {"grader/libexec/grade/labs/" + id + "/checks", Stripped(parts.checks, scratch), Mode::kExecutable},
      {"grader/share/grade/course.toml", CourseToml(parts.course)}};
  if (fs::exists(parts.runtime)) {
    files.push_back({"grader/lib/grade/libgrade_schedule.so", Stripped(parts.runtime, scratch)});
  }
  for (const fs::path& library : LibrariesOf({parts.grade, parts.checks}, scratch)) {
    files.push_back({"grader/lib/system/" + library.filename().string(), TextOf(library)});
  }
  AddFolder(parts.lab.folder, "grader/share/grade/labs/" + id + "/", files);
  AddFolder(parts.lab.skeleton, "grader/share/grade/skeletons/" + id + "/", files);
  return files;
}

}  // namespace grader::lms
