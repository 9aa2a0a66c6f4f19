#include "grader/batch/slurm.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>

#include "grader/batch/error.h"
#include "grader/batch/tally.h"
#include "grader/os/trusted_child.h"
#include "grader/report/file.h"
#include "grader/report/text.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kLookMilliseconds = 1000;  // how often new results are looked for, to show progress

std::string NameOf(const Task& task) { return fmt::format("{}-{}.json", task.fingerprint, task.seed); }

std::optional<Json> ReadJson(const fs::path& file) {
  std::ifstream stream(file);
  if (!stream) return std::nullopt;
  auto json = Json::parse(stream, nullptr, false);
  return json.is_discarded() ? std::nullopt : std::optional(std::move(json));
}

std::optional<StoredResult> ReadDone(const fs::path& done, const Task& task) {
  const auto json = ReadJson(done / NameOf(task));
  if (!json) return std::nullopt;
  return StoredResult{.seed = json->at("seed"),
                      .points = json->at("points"),
                      .total = json->at("total"),
                      .fault = json->at("fault"),
                      .attempts = json->at("attempts"),
                      .json = json->at("json"),
                      .junit = json->at("junit"),
                      .text = json->at("text")};
}

Json PlanOf(const std::vector<Task>& tasks, const SlurmJob& job, const fs::path& done) {
  Json plan = {{"lab", job.lab}, {"version", job.version}, {"done", done.string()}, {"parts", Json::array()}};
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (i % static_cast<std::size_t>(job.chunk) == 0) plan["parts"].push_back(Json::array());
    const auto& task = tasks[i];
    plan["parts"].back().push_back({{"name", report::Utf8(task.name)},
                                    {"folder", task.folder.string()},
                                    {"fingerprint", task.fingerprint},
                                    {"seed", task.seed},
                                    {"round", task.round}});
  }
  return plan;
}

// A command of Slurm's that runs, and what it says.
class Command {
 public:
  explicit Command(const std::vector<std::string>& words) : output_(os::MakePipe()), child_(Start(words, output_)) {
    output_.write.Close();
    fcntl(output_.read.get(), F_SETFL, O_NONBLOCK);
  }

  // True when it has ended, within the time of one look. Throws nothing for a signal to this process.
  bool EndsWithin(int milliseconds, int other_fd) {
    std::array<pollfd, 2> news = {pollfd{child_.pidfd(), POLLIN, 0}, pollfd{other_fd, POLLIN, 0}};
    poll(news.data(), news.size(), milliseconds);
    Read();
    return news[0].revents != 0;
  }

  int Wait() {
    const int status = child_.Wait();
    Read();
    return status;
  }

  const std::string& said() const { return said_; }

 private:
  static os::TrustedChild Start(std::vector<std::string> words, const os::Pipe& output) {
    words.insert(words.begin(), "/usr/bin/env");
    const os::Fd nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
    const os::Inherited descriptors[] = {
        {nothing.get(), STDIN_FILENO}, {output.write.get(), STDOUT_FILENO}, {output.write.get(), STDERR_FILENO}};
    return os::TrustedChild::Start(words, descriptors);
  }

  void Read() {
    std::array<char, 4096> buffer;
    for (ssize_t got = 0; (got = read(output_.read.get(), buffer.data(), buffer.size())) > 0;) {
      said_.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }

  os::Pipe output_;
  os::TrustedChild child_;
  std::string said_;
};

class Cluster {
 public:
  Cluster(const std::vector<Task>& tasks, const SlurmJob& job, const Crew& crew, const KeepResult& keep)
      : tasks_(tasks),
        job_(job),
        keep_(keep),
        folder_(fs::absolute(job.results) / "slurm"),
        done_(folder_ / "done" / job.version),
        tally_(crew.progress, crew.style, static_cast<int>(tasks.size())) {}

  Gradings Run(const os::Termination& termination) {
    fs::create_directories(done_);
    TakeDone();  // of an earlier batch that was killed while its job went on
    std::vector<Task> left;
    for (const Task& task : tasks_) {
      if (!kept_.contains(NameOf(task))) left.push_back(task);
    }
    if (!left.empty() && Submit(left, termination) == Gradings::kInterrupted) return Gradings::kInterrupted;
    KeepFaults();
    tally_.Finish();
    fs::remove_all(folder_);
    return Gradings::kDone;
  }

 private:
  Gradings Submit(const std::vector<Task>& left, const os::Termination& termination) {
    const auto plan = PlanOf(left, job_, done_);
    report::WriteReport(folder_ / "plan.json", plan.dump());
    const auto part =
        fmt::format("exec {} batch-part {} --number \"$SLURM_ARRAY_TASK_ID\"", report::ShellWord(job_.program.string()),
                    report::ShellWord((folder_ / "plan.json").string()));
    Command sbatch({"sbatch", "--wait", "--parsable", "--requeue", "--ntasks=1",
                    fmt::format("--array=0-{}", plan["parts"].size() - 1), "--job-name=grade-" + job_.lab,
                    "--output=" + (folder_ / "part-%a.log").string(), "--wrap=" + part});
    while (!sbatch.EndsWithin(kLookMilliseconds, termination.fd())) {
      TakeDone();
      if (!termination.Asked()) continue;
      Command({"scancel", sbatch.said().substr(0, sbatch.said().find_first_of(";\n"))}).Wait();
      return Gradings::kInterrupted;
    }
    const int status = sbatch.Wait();
    TakeDone();
    if (status != 0 && sbatch.said().find_first_not_of("0123456789\n;") != std::string::npos) {
      throw StoreError("Slurm does not take the job: " + report::OneLine(sbatch.said()));
    }
    return Gradings::kDone;
  }

  void TakeDone() {
    for (const Task& task : tasks_) {
      if (kept_.contains(NameOf(task))) continue;
      const auto result = ReadDone(done_, task);
      if (result && !result->fault) Keep(task, *result);
    }
  }

  void KeepFaults() {
    for (const Task& task : tasks_) {
      if (kept_.contains(NameOf(task))) continue;
      const StoredResult none{.seed = task.seed, .fault = true, .text = "Slurm's job ended without a result.\n"};
      Keep(task, ReadDone(done_, task).value_or(none));
    }
  }

  void Keep(const Task& task, const StoredResult& result) {
    keep_(task, result);
    kept_.insert(NameOf(task));
    tally_.Add(task.name, FateOf(result), WordsOf(result));
  }

  const std::vector<Task>& tasks_;
  const SlurmJob& job_;
  const KeepResult& keep_;
  fs::path folder_;
  fs::path done_;
  Tally tally_;
  std::set<std::string> kept_;
};

}  // namespace

Gradings GradeOnSlurm(const std::vector<Task>& tasks, const SlurmJob& job, const Crew& crew,
                      const os::Termination& termination, const KeepResult& keep) {
  if (tasks.empty()) return Gradings::kDone;
  return Cluster(tasks, job, crew, keep).Run(termination);
}

SlurmPart ReadPart(const fs::path& plan, std::size_t number) {
  const auto json = ReadJson(plan);
  if (!json || number >= json->at("parts").size()) {
    throw InputError(fmt::format("{} has no part {}; grade batch --executor slurm writes it", plan.string(), number));
  }
  SlurmPart part{
      .lab = json->at("lab"), .version = json->at("version"), .tasks = {}, .done = json->at("done").get<std::string>()};
  for (const auto& task : json->at("parts").at(number)) {
    part.tasks.push_back({task.at("name"), task.at("folder").get<std::string>(), task.at("fingerprint"),
                          task.at("seed"), task.at("round")});
  }
  return part;
}

std::vector<Task> TasksLeft(const SlurmPart& part) {
  std::vector<Task> left;
  for (const Task& task : part.tasks) {
    const auto done = ReadDone(part.done, task);
    if (!done || done->fault) left.push_back(task);
  }
  return left;
}

void WriteDone(const SlurmPart& part, const Task& task, const StoredResult& result) {
  const Json json = {{"seed", result.seed},   {"points", result.points},          {"total", result.total},
                     {"fault", result.fault}, {"attempts", result.attempts},      {"json", result.json},
                     {"junit", result.junit}, {"text", report::Utf8(result.text)}};
  report::WriteReport(part.done / NameOf(task), json.dump());
}

}  // namespace grader::batch
