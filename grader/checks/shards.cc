#include "grader/checks/shards.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "grader/checks/errors.h"
#include "grader/checks/protocol.h"
#include "grader/checks/selection.h"
#include "grader/os/trusted_child.h"

namespace grader::checks {
namespace {

// The assignment as a file without a name, at its start: nobody needs to feed a pipe.
os::Fd AsFile(const std::string& text) {
  os::Fd file(memfd_create("assignment", MFD_CLOEXEC));
  if (!file) os::ThrowErrno("memfd_create");
  for (std::size_t done = 0; done < text.size();) {
    const auto n = write(file.get(), text.data() + done, text.size() - done);
    if (n < 0) os::ThrowErrno("write to a memfd");
    done += static_cast<std::size_t>(n);
  }
  if (lseek(file.get(), 0, SEEK_SET) != 0) os::ThrowErrno("lseek");
  return file;
}

// One executable that runs a part of the checks.
class ShardProcess {
 public:
  ShardProcess(const std::string& assignment, Shard shard) : ShardProcess(AsFile(assignment), os::MakePipe(), shard) {}

  int fd() const { return results_.get(); }
  bool finished() const { return finished_; }

  // Reads what there is and passes on the events of checks. False at the end of file.
  bool PassOn(EventWriter& events) {
    std::array<char, 65536> buffer;
    const auto n = read(results_.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) return true;
    if (n < 0) os::ThrowErrno("read from a checks executable");
    text_.append(buffer.data(), static_cast<std::size_t>(n));
    for (auto end = text_.find('\n'); end != std::string::npos; end = text_.find('\n')) {
      Take(text_.substr(0, end), events);
      text_.erase(0, end + 1);
    }
    return n > 0;
  }

 private:
  static constexpr int kResults = 3;

  ShardProcess(os::Fd assignment, os::Pipe pipe, Shard shard)
      : child_(os::TrustedChild::Start(
            {"/proc/self/exe", "--results", std::to_string(kResults), "--shard",
             fmt::format("{}/{}", shard.index, shard.count)},
            std::array{os::Inherited{assignment.get(), STDIN_FILENO}, os::Inherited{pipe.write.get(), kResults}})),
        results_(std::move(pipe.read)) {}

  // What is said once for all, the one that started the shards has said itself.
  void Take(const std::string& line, EventWriter& events) {
    const auto event = FromLine(line);
    if (const auto* fault = std::get_if<Fault>(&event)) throw GraderFaultError(fault->what);
    if (std::holds_alternative<Finished>(event)) finished_ = true;
    if (std::holds_alternative<CheckStarted>(event) || std::holds_alternative<CheckResult>(event))
      events.SendLine(line);
  }

  os::TrustedChild child_;
  os::Fd results_;
  std::string text_;  // an unfinished line
  bool finished_ = false;
};

void RemoveEnded(std::vector<std::unique_ptr<ShardProcess>>& shards, const std::vector<pollfd>& ready,
                 EventWriter& events) {
  for (std::size_t i = ready.size(); i-- > 0;) {
    if (ready[i].revents == 0 || shards[i]->PassOn(events)) continue;
    if (!shards[i]->finished()) throw GraderFaultError("a checks executable died before it had finished");
    shards.erase(shards.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace

void RunShards(const Assignment& assignment, EventWriter& events) {
  auto part = assignment;
  part.jobs = 1;
  const auto json = ToJson(part);
  std::vector<std::unique_ptr<ShardProcess>> shards;
  for (int i = 1; i <= assignment.jobs; ++i) {
    shards.push_back(std::make_unique<ShardProcess>(json, Shard{i, assignment.jobs}));
  }
  while (!shards.empty()) {
    std::vector<pollfd> wanted;
    for (const auto& shard : shards) wanted.push_back({shard->fd(), POLLIN, 0});
    if (poll(wanted.data(), wanted.size(), -1) < 0 && errno != EINTR) os::ThrowErrno("poll");
    RemoveEnded(shards, wanted, events);
  }
}

}  // namespace grader::checks
