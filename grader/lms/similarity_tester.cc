#include "grader/lms/similarity_tester.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <regex>
#include <stdexcept>
#include <utility>

#include "grader/os/trusted_child.h"

namespace grader::lms {
namespace {

namespace fs = std::filesystem;

int Int(const std::string& digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

os::Fd Open(const fs::path& file, int flags) {
  os::Fd fd(open(file.c_str(), flags | O_CLOEXEC, 0600));
  if (!fd) throw std::runtime_error(fmt::format("cannot write to {}; is the disk full?", file.string()));
  return fd;
}

void Run(const std::string& program, int least, const fs::path& scratch) {
  if (access(program.c_str(), X_OK) != 0) {
    throw std::runtime_error(program + " is missing; install the Debian package similarity-tester");
  }
  const os::Fd names = Open(scratch / "names", O_RDONLY);
  const os::Fd errors = Open(scratch / "errors", O_WRONLY | O_CREAT);
  const os::Inherited descriptors[] = {
      {names.get(), STDIN_FILENO}, {errors.get(), STDOUT_FILENO}, {errors.get(), STDERR_FILENO}};
  auto child = os::TrustedChild::Start(
      {"/usr/bin/env", "-C", scratch.string(), "/usr/bin/prlimit", "--cpu=600", "--as=4294967296", program, "-s", "-e",
       "-n", "-r", std::to_string(least), "-o", "runs", "-i"},
      descriptors);
  const int status = child.Wait();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error(program + " failed: too many or too large hand-ins for it; compare fewer at one time");
  }
}

Comparison Parse(const fs::path& file, std::size_t count) {
  static const std::regex kFile(R"(File (\d+): (\d+) (?:token|word).*)");
  static const std::regex kRun(R"((\d+): line (\d+)-(\d+) *\|(\d+): line (\d+)-(\d+) *\[(\d+)\])");
  Comparison found{.units = std::vector<int>(count, 0)};
  std::ifstream stream(file);
  std::smatch parts;
  const auto index = [&](const std::string& name) { return static_cast<std::size_t>(Int(name)); };
  for (std::string line; std::getline(stream, line);) {
    if (std::regex_match(line, parts, kFile)) {
      found.units.at(index(parts[1])) = Int(parts[2]);
    } else if (std::regex_match(line, parts, kRun)) {
      found.runs.push_back({index(parts[1]),
                            index(parts[4]),
                            {Int(parts[2]), Int(parts[3])},
                            {Int(parts[5]), Int(parts[6])},
                            Int(parts[7])});
    }
  }
  return found;
}

}  // namespace

Comparison CompareTexts(const std::vector<std::string>& texts, Language language, const fs::path& scratch) {
  std::ofstream names(scratch / "names");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::ofstream(scratch / std::to_string(i)) << texts[i];
    names << i << '\n';
  }
  if (!names.flush()) throw std::runtime_error("the hand-ins cannot be compared: the disk is full");
  Run(language == Language::kCpp ? "/usr/bin/sim_c++" : "/usr/bin/sim_text", ShortestRun(language), scratch);
  return Parse(scratch / "runs", texts.size());
}

}  // namespace grader::lms
