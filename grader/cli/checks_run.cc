#include "grader/cli/checks_run.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <string>
#include <system_error>

#include "grader/checks/protocol.h"
#include "grader/cli/checks_process.h"
#include "grader/cli/errors.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostWords = 64 << 10;              // kept of what the executable says
constexpr std::size_t kMostLine = std::size_t{64} << 20;  // of one event
// How long an executable that has said all may take to end.
constexpr std::chrono::milliseconds kFarewell{10'000};
constexpr int kWrongAssignment = 2;  // its exit status for that

// One stream of bytes from the executable.
enum class Stream { kOpen, kEnded };

template <typename Take>
Stream Drain(const os::Fd& fd, const Take& take) {
  std::array<char, 16 << 10> buffer;
  while (true) {
    const ssize_t got = read(fd.get(), buffer.data(), buffer.size());
    if (got > 0) {
      take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
    } else if (got == 0) {
      return Stream::kEnded;
    } else if (errno == EAGAIN) {
      return Stream::kOpen;
    } else if (errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "read from the checks executable");
    }
  }
}

std::string FirstLine(const std::string& text) { return report::OneLine(text.substr(0, text.find('\n'))); }

std::string LastLine(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return report::OneLine(text.substr(text.rfind('\n') + 1));
}

// Follows one executable to its end.
class Follower {
 public:
  Follower(const ChecksRun& run, const os::Termination& termination, const Listener& listener)
      : termination_(termination),
        listener_(listener),
        builder_(run.subject),
        begun_(Clock::now()),
        process_(ChecksProcess::Start(run.executable, checks::ToJson(run.assignment))) {}

  report::Grading Follow() {
    while (!WaitForNews()) ReadAll();
    ReadAll();
    const int status = process_.Wait();
    TakeLine(line_);  // without its newline if the executable died while writing it
    Conclude(status);
    return std::move(builder_).Finish(std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun_));
  }

 private:
  // Sleeps until there is something to read. True when the executable has ended.
  bool WaitForNews() {
    std::array<pollfd, 4> news = {pollfd{process_.pidfd(), POLLIN, 0}, pollfd{termination_.fd(), POLLIN, 0},
                                  pollfd{events_ended_ ? -1 : process_.events().get(), POLLIN, 0},
                                  pollfd{words_ended_ ? -1 : process_.words().get(), POLLIN, 0}};
    const bool all_said = finished_ || events_ended_;
    const int ready = poll(news.data(), news.size(), all_said ? static_cast<int>(kFarewell.count()) : -1);
    if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
    if (ready == 0) {
      process_.End();
      builder_.AddFault("The checks executable had said all, and did not end.");
      return true;
    }
    if (news[1].revents != 0) {
      process_.End();
      throw Interrupted();
    }
    return news[0].revents != 0;
  }

  void ReadAll() {
    if (!words_ended_) {
      words_ended_ = Drain(process_.words(), [this](std::string_view bytes) { TakeWords(bytes); }) == Stream::kEnded;
    }
    if (!events_ended_) {
      events_ended_ = Drain(process_.events(), [this](std::string_view bytes) { TakeEvents(bytes); }) == Stream::kEnded;
    }
  }

  void TakeWords(std::string_view bytes) {
    listener_.words(bytes);
    words_ += bytes;
    if (words_.size() > 2 * kMostWords) words_.erase(0, words_.size() - kMostWords);
  }

  void TakeEvents(std::string_view bytes) {
    for (std::size_t end = 0; (end = bytes.find('\n')) != std::string_view::npos; bytes.remove_prefix(end + 1)) {
      line_ += bytes.substr(0, end);
      TakeLine(std::exchange(line_, {}));
    }
    line_ += bytes;
    if (line_.size() > kMostLine) throw FaultError("the checks executable sent an event without end");
  }

  void TakeLine(const std::string& line) {
    if (line.empty()) return;
    try {
      const checks::Event event = checks::FromLine(line);
      started_ = started_ || std::holds_alternative<checks::Started>(event);
      finished_ = finished_ || std::holds_alternative<checks::Finished>(event);
      told_fault_ = told_fault_ || std::holds_alternative<checks::Fault>(event);
      builder_.Add(event);
      listener_.event(event);
    } catch (const std::invalid_argument& error) {
      builder_.AddFault(std::string("The checks executable sent what is no event: ") + error.what());
    }
  }

  // What the end of the executable means.
  void Conclude(int status) {
    if (!started_ && WIFEXITED(status) && WEXITSTATUS(status) == kWrongAssignment) throw UsageError(FirstLine(words_));
    if ((finished_ && status == 0) || told_fault_) return;
    const std::string words = LastLine(words_);
    builder_.AddFault("The checks executable " + DescribeStatus(status) + (finished_ ? "" : " before it was finished") +
                      (words.empty() ? "." : "; it said: " + words));
  }

  const os::Termination& termination_;
  const Listener& listener_;
  report::GradingBuilder builder_;
  Clock::time_point begun_;
  ChecksProcess process_;
  std::string line_;   // of events, not ended yet
  std::string words_;  // the last ones
  bool events_ended_ = false;
  bool words_ended_ = false;
  bool started_ = false;
  bool finished_ = false;
  bool told_fault_ = false;
};

}  // namespace

report::Grading GradeWith(const ChecksRun& run, const os::Termination& termination, const Listener& listener) {
  return Follower(run, termination, listener).Follow();
}

}  // namespace grader::cli
