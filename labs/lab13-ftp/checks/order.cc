// 226 is the last thing: seen in the order of the server's system calls.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/syscall.h>

#include <algorithm>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

using observe::ScheduleStep;

bool IsSend(int call) { return call == SYS_write || call == SYS_sendto; }
bool IsRename(int call) {
  return call == SYS_rename || call == SYS_renameat || call == SYS_renameat2 || call == SYS_link || call == SYS_linkat;
}

// Follows the connections that a server accepts, by process and descriptor.
class Connections {
 public:
  void See(const ScheduleStep& step) {
    if (step.kind != ScheduleStep::Kind::kCalls) return;
    const auto first = static_cast<int>(step.arguments[0]);
    if ((step.call == SYS_accept || step.call == SYS_accept4) && step.result.value_or(-1) >= 0) {
      open_.insert({step.process, static_cast<int>(*step.result)});
    } else if (step.call == SYS_close || step.call == SYS_shutdown ||
               Duplicates(step)) {  // one with two names is let go
      open_.erase({step.process, first});
    } else if (IsSend(step.call) && IsReply(step.subject)) {
      open_.erase({step.process, first});  // a control connection
    }
  }

  // Of this process there is a connection that has not been closed, and is no control connection.
  bool DataIsOpen(int process) const {
    return std::ranges::any_of(open_, [&](const auto& each) { return each.first == process; });
  }

 private:
  static bool Duplicates(const ScheduleStep& step) {
    const bool by_fcntl =
        step.call == SYS_fcntl && (step.arguments[1] == F_DUPFD || step.arguments[1] == F_DUPFD_CLOEXEC);
    return by_fcntl || step.call == SYS_dup || step.call == SYS_dup2 || step.call == SYS_dup3;
  }

  static bool IsReply(std::string_view text) {
    return text.size() > 3 && text.substr(0, 3).find_first_not_of("0123456789") == std::string_view::npos &&
           (text[3] == ' ' || text[3] == '-');
  }

  std::set<std::pair<int, int>> open_;
};

LAB_CHECK_F(FtpCheck, Transfer, IsOverWhenItSaysSo, .points = 2,
            .hint = "First close the data connection, and rename the file; then say 226.",
            .needs = {"Retr.SendsEveryByte", "Stor.TakesEveryByte"},
            .title = "226 is sent after the data connection is closed and the file is in place") {
  auto options = ServerOf({{"a", "some text\n"}});
  options.run.schedule = observe::Schedule{.seed = 1, .change_points = 0};
  if (!BeginWith(std::move(options))) return;
  Client* const control = LogIn();
  if (control == nullptr || !Fetch(*control, "RETR a")) return;
  if (!Store(*control, "b", "other text\n") || !Settle(server())) return;
  const auto run = Finish(server());
  Connections connections;
  std::optional<int> said;  // the process that has said 226 last
  for (const auto& step : run.steps) {
    const bool says = step.kind == ScheduleStep::Kind::kCalls && IsSend(step.call) && step.subject.starts_with("226");
    const bool renames = step.kind == ScheduleStep::Kind::kCalls && IsRename(step.call);
    connections.See(step);
    if (says && connections.DataIsOpen(step.process)) {
      Fail(run, "the data connection is closed before 226 is sent", {"226 was sent while it was open", {}, {}});
      return;
    }
    if (renames && said == step.process) {
      Fail(run, "an upload is in place before 226 is sent",
           {"the file got its name, " + clients::Quoted(step.subject) + ", after 226", {}, {}});
      return;
    }
    if (says) said = step.process;
    if (step.kind == ScheduleStep::Kind::kCalls && (step.call == SYS_accept || step.call == SYS_accept4)) said.reset();
  }
}

}  // namespace
}  // namespace grader::checks::lab13
