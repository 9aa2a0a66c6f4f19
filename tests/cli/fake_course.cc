#include "tests/cli/fake_course.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "grader/checks/protocol.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

std::string LabText(int number, const std::string& name) {
  return "[lab]\nnumber = " + std::to_string(number) + "\nname = \"" + name + "\"\ntitle = \"The lab " + name +
         "\"\nday = 7\nkind = \"program\"\n\n[[program]]\nname = \"" + name + "\"\nsources = [\"" + name +
         ".cpp\"]\nflags = [\"-pthread\"]\n\n[limits]\nprocesses = 400\n";
}

// Reads both to their ends without letting either fill up.
void ReadBoth(const os::Fd& out, const os::Fd& err, Ended& ended) {
  std::array<pollfd, 2> streams = {pollfd{out.get(), POLLIN, 0}, pollfd{err.get(), POLLIN, 0}};
  std::array<std::string*, 2> texts = {&ended.out, &ended.err};
  std::array<char, 4096> buffer;
  for (int open = 2; open > 0;) {
    poll(streams.data(), streams.size(), -1);
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (streams[i].fd < 0 || streams[i].revents == 0) continue;
      const ssize_t got = read(streams[i].fd, buffer.data(), buffer.size());
      if (got > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(got));
      } else {
        streams[i].fd = -1;
        --open;
      }
    }
  }
}

}  // namespace

Ended Running::Wait() {
  Ended ended;
  ReadBoth(out_, err_, ended);
  const int status = child_.Wait();
  ended.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return ended;
}

FakeCourse::FakeCourse() {
  std::string name = (fs::temp_directory_path() / "grade-cli.XXXXXX").string();
  root_ = fs::canonical(mkdtemp(name.data()));
  fs::permissions(root_, fs::perms(0755));
  fs::create_directories(root_ / "bin");
  std::error_code other_file_system;
  fs::create_hard_link(GRADE_EXECUTABLE, grade(), other_file_system);
  if (other_file_system) fs::copy_file(GRADE_EXECUTABLE, grade());
  Write("share/grade/course.toml", "title = \"A course\"\n");
  for (const auto& [number, lab] : {std::pair(1, "fork"), std::pair(2, "reap")}) {
    const std::string id = "lab0" + std::to_string(number) + "-" + lab;
    Write("share/grade/labs/" + id + "/lab.toml", LabText(number, lab));
    Write("share/grade/labs/" + id + "/README.md", "# The handout of " + id + "\n");
    Write("share/grade/skeletons/" + id + "/" + lab + ".cpp", "// to do\n");
    Write("share/grade/reference/" + id + "/" + lab + ".cpp", "// done\n");
  }
  Write("work/lab02-reap/reap.cpp", "int main() {}\n");
  fs::create_directories(root_ / "home");
  Checks(Say(FullMarks()));
}

FakeCourse::~FakeCourse() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void FakeCourse::Write(const fs::path& relative, const std::string& text) const {
  fs::create_directories((root_ / relative).parent_path());
  std::ofstream(root_ / relative, std::ios::binary) << text;
}

std::string FakeCourse::Read(const fs::path& relative) const {
  std::ostringstream text;
  text << std::ifstream(root_ / relative, std::ios::binary).rdbuf();
  return text.str();
}

bool FakeCourse::Has(const fs::path& relative) const { return fs::exists(fs::symlink_status(root_ / relative)); }

void FakeCourse::TakeRuntime(const fs::path& library) const {
  fs::create_directories(root_ / "lib/grade");
  fs::copy_file(library, root_ / "lib/grade/libgrade_schedule.so");
}

void FakeCourse::Checks(const std::string& script) const {
  const fs::path file = "libexec/grade/labs/lab02-reap/checks";
  Write(file, "#!/bin/sh\nHERE=${0%/*}\n" + script);
  fs::permissions(root_ / file, fs::perms(0755));
}

std::string FakeCourse::Say(const std::vector<checks::Event>& events) {
  std::string text = "cat >&3 <<'EVENTS'\n";
  for (const checks::Event& event : events) text += checks::ToLine(event) + "\n";
  return text + "EVENTS\n";
}

Running FakeCourse::Start(const std::vector<std::string>& words, const std::vector<std::string>& before) const {
  std::vector<std::string> argv = {"/usr/bin/env",
                                   "-i",
                                   "-C",
                                   work().string(),
                                   "PATH=/usr/bin:/bin",
                                   "LC_ALL=C.UTF-8",
                                   "TZ=UTC",
                                   "HOME=" + (root_ / "home").string()};
  argv.insert(argv.end(), before.begin(), before.end());
  argv.push_back(grade().string());
  argv.insert(argv.end(), words.begin(), words.end());
  os::Pipe out = os::MakePipe();
  os::Pipe err = os::MakePipe();
  const os::Inherited descriptors[] = {{out.write.get(), STDOUT_FILENO}, {err.write.get(), STDERR_FILENO}};
  auto child = os::TrustedChild::Start(argv, descriptors);
  return Running(std::move(child), std::move(out.read), std::move(err.read));
}

Ended FakeCourse::Run(const std::vector<std::string>& words, const std::vector<std::string>& before) const {
  return Start(words, before).Wait();
}

checks::Event StartedEvent() {
  checks::Started started{"lab02-reap", 42, "full", {}};
  started.checks.push_back({.id = "A.One", .title = "one", .points = 4, .hint = "Hint one."});
  started.checks.push_back({.id = "A.Two", .title = "two", .points = 6, .hint = "Hint two."});
  return started;
}

checks::Event Passed(const std::string& id, double points) {
  return checks::CheckResult{.id = id, .status = checks::CheckStatus::kPassed, .points = points};
}

checks::Event Failed(const std::string& id) {
  checks::CheckResult result{.id = id, .status = checks::CheckStatus::kFailed};
  result.failures.push_back(
      {.expected = "a cat", .happened = "a dog came", .run = "reap cat", .location = "reap.cpp:3"});
  return result;
}

std::vector<checks::Event> FullMarks() {
  return {StartedEvent(), Passed("A.One", 4), Passed("A.Two", 6), checks::Finished{}};
}

}  // namespace grader::cli
