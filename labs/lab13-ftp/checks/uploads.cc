// An upload is whole, or it has never been.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

class UploadCheck : public FtpCheck {
 protected:
  // How far an upload has come when it breaks off: nothing sent, a little, more than buffers hold.
  static constexpr std::size_t kSizes[] = {0, 1000, 2'000'000};

  // A STOR in progress: size bytes have been sent and taken, and the server waits for more.
  struct Half {
    Client* control = nullptr;
    Client* data = nullptr;
  };
  std::optional<Half> BeginUpload(const std::string& name, std::size_t size) {
    Client* const control = LogIn();
    Client* const data = control == nullptr ? nullptr : OpenData(*control);
    if (data == nullptr || !BeginTransfer(*control, "STOR " + name)) return std::nullopt;
    data->Say(RandomBytes(size));
    if (!Settle(server())) return std::nullopt;
    return Half{control, data};
  }

  // After an abort of an upload of "old" or "new".
  bool IsUntouched(const std::string& when) {
    return HasFile("old", old_) && HasFile("bystander", "!") && HasOnly({"old", "bystander"}, when);
  }

  Files Folder() {
    old_ = RandomBytes(5000);
    return {{"old", old_}, {"bystander", "!"}};
  }

  std::string old_;
};

LAB_CHECK_F(UploadCheck, Upload, AResetIsAnAbort, .points = 3,
            .hint = "recv returns 0 at a proper end, and -1 with ECONNRESET when the connection has broken.",
            .needs = {"Stor.TakesEveryByte"},
            .title = "a data connection that is reset aborts the upload: 426 or 451, and nothing changes") {
  if (!Begin(Folder())) return;
  for (const std::size_t size : kSizes) {
    for (const char* name : {"old", "new"}) {
      const auto half = BeginUpload(name, size);
      if (!half) return;
      half->data->Reset();
      const auto reply = AwaitReply(*half->control, std::string("STOR ") + name);
      if (!reply) return;
      if (reply->code != 426 && reply->code != 451) {
        FailServer(server(), "an upload whose data connection was reset is answered 426 or 451",
                   {"it was `" + reply->text() + '`', {}, {}});
        return;
      }
      if (!IsUntouched("after the abort") || !Expect(*half->control, "NOOP", {200})) return;
    }
  }
  Client* const control = LogIn();  // and the next one works
  if (control != nullptr && Store(*control, "old", "next")) HasFile("old", "next");
}

LAB_CHECK_F(UploadCheck, Upload, TheControlConnectionsEndIsAnAbort, .points = 3,
            .hint = "Look at the control connection, too: poll with POLLRDHUP on both, or before you rename.",
            .needs = {"Stor.TakesEveryByte"},
            .title = "a client whose control connection ends has aborted its upload") {
  for (const bool by_reset : {true, false}) {
    if (!Begin(Folder())) return;
    for (const std::size_t size : kSizes) {
      const auto half = BeginUpload(size == 0 ? "old" : "new", size);
      if (!half) return;
      by_reset ? half->control->Reset() : half->control->Close();
      if (!Settle(server())) return;
      half->data->Close();  // in order, but too late
      if (!Settle(server()) || !IsUntouched("after the control connection has ended")) return;
    }
    Client* const control = LogIn();
    if (control == nullptr || !Store(*control, "old", "next") || !HasFile("old", "next")) return;
  }
}

LAB_CHECK_F(UploadCheck, Upload, SigtermIsAnAbort, .points = 2,
            .hint = "Handle SIGTERM in every process that serves: remove the temporary file, then end.",
            .needs = {"Stor.TakesEveryByte", "Server.EndsOnSigterm"},
            .title = "SIGTERM aborts the uploads that are going on") {
  for (const std::size_t size : {std::size_t{1000}, std::size_t{500'000}}) {
    if (!Begin(Folder())) return;
    for (const char* name : {"old", "new", "newer"}) {
      if (!BeginUpload(name, size)) return;
    }
    const auto run = Terminate(server());
    ASSERT_THAT(run, ExitsCleanly());
    for (const auto& name : work().Names("files")) {
      if (name == "old" || name == "bystander") continue;
      Fail(run, "SIGTERM during an upload leaves no new and no temporary file", {"there is `" + name + '`', {}, {}});
      return;
    }
    if (work().Read("files/old") == old_) continue;
    Fail(run, "SIGTERM during an upload leaves an older file as it was", {"it has changed", {}, {}});
    return;
  }
}

LAB_CHECK_F(UploadCheck, Upload, NobodySeesHalfAFile, .points = 2,
            .hint = "Write to another name, and rename when all is there.", .needs = {"Stor.TakesEveryByte"},
            .title = "who fetches a file while it is replaced gets the older one, whole") {
  if (!Begin(Folder())) return;
  const auto half = BeginUpload("old", 300'000);
  if (!half) return;
  Client* const reader = LogIn();
  Client* const data = reader == nullptr ? nullptr : OpenData(*reader);
  const auto reply = data == nullptr ? std::nullopt : Ask(*reader, "RETR old");
  if (!reply) return;
  if (reply->code / 100 == 1) {
    if (!AwaitComplete(*reader, *data, "RETR old")) return;
    if (!Same("the older file, fetched during an upload,", old_, data->TakeAll())) return;
  }
  half->data->HalfClose();
  AwaitComplete(*half->control, *half->data, "STOR old");
}

}  // namespace
}  // namespace grader::checks::lab13
