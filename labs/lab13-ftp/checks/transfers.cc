// Whole transfers: every byte, and nothing else.
#include <fmt/format.h>

#include "ftp_check.h"
#include "grader/clients/curl.h"

namespace grader::checks::lab13 {
namespace {

constexpr std::size_t kMiB = 1 << 20;

class TransferCheck : public FtpCheck {
 protected:
  // Bytes that a conversion of line ends, a text buffer or a piece that is cut off would damage.
  Files Delicate() {
    return {{"empty", ""},
            {"one", "\n"},
            {"lines", "unix\nwindows\r\nmac\r\r\n\n\x1a end\xff\xff\xf4 without a newline"},
            {"zeros", std::string(5000, '\0')},
            {"block", RandomBytes(65536)},
            {"odd", RandomBytes(static_cast<std::size_t>(random().Integer(200'000, 400'000)) | 1)},
            {"large", RandomBytes(3 * kMiB + 17)}};
  }
};

LAB_CHECK_F(TransferCheck, Retr, SendsEveryByte, .points = 2,
            .hint = "send may take less than it was given: go on with the rest. Convert nothing, whatever the TYPE.",
            .needs = {"Passive.GivesTheControlConnectionsOwnAddress"},
            .title = "RETR sends every byte as it is, whatever the type") {
  const Files files = Delicate();
  if (!Begin(files)) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const char* type : {"", "TYPE I", "TYPE A"}) {
    if (*type != '\0' && !Expect(*control, type, {200})) return;
    for (const auto& [name, bytes] : files) {
      const auto file = Fetch(*control, "RETR " + name);
      if (!file || !Same('`' + name + "` after " + (*type == '\0' ? "no TYPE" : type), bytes, *file)) return;
    }
  }
}

LAB_CHECK_F(TransferCheck, Stor, TakesEveryByte, .points = 3,
            .hint = "recv returns what has come so far: take it all until recv returns 0. Convert nothing.",
            .needs = {"Passive.GivesTheControlConnectionsOwnAddress"},
            .title = "STOR takes every byte as it is, and replaces an older file") {
  const Files files = Delicate();
  if (!Begin({{"odd", RandomBytes(900'000)}, {"empty", "old"}})) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const char* type : {"TYPE A", "TYPE I"}) {
    if (!Expect(*control, type, {200})) return;
    for (const auto& [name, bytes] : files) {
      if (!Store(*control, name, bytes) || !HasFile(name, bytes)) return;
    }
  }
  const auto again = Fetch(*control, "RETR odd");
  if (!again || !Same("what was stored, fetched again,", files.at("odd"), *again)) return;
  HasOnly({"empty", "one", "lines", "zeros", "block", "odd", "large"}, "after the uploads");
}

LAB_CHECK_F(TransferCheck, Stor, BytesInPieces, .points = 1, .hint = "What recv returns once is not the whole file.",
            .needs = {"Stor.TakesEveryByte"}, .title = "an upload that comes in pieces is one file") {
  if (!Begin()) return;
  Client* const control = LogIn();
  Client* const data = control == nullptr ? nullptr : OpenData(*control);
  if (data == nullptr || !BeginTransfer(*control, "STOR pieces")) return;
  std::string bytes;
  for (int i = 0; i < 12; ++i) {
    const auto piece = RandomBytes(static_cast<std::size_t>(random().Integer(1, 3000)));
    data->Say(piece);
    bytes += piece;
    if (!Settle(server())) return;
  }
  if (control->unread().empty()) {
    data->HalfClose();
    if (AwaitComplete(*control, *data, "STOR pieces")) HasFile("pieces", bytes);
    return;
  }
  FailServer(server(), "an upload goes on until its data connection ends",
             {"there was a reply while the connection was still open", {}, {}});
}

LAB_CHECK_F(
    TransferCheck, Transfer, WorksWithLibcurl, .points = 1,
    .hint = "`curl -v ftp://127.0.0.1:2121/` shows the whole talk. libcurl asks PWD first, and takes a 500 for it.",
    .needs = {"Retr.SendsEveryByte", "Stor.TakesEveryByte"},
    .title = "the library that curl is made of can list, get and put") {
  const auto bytes = RandomBytes(static_cast<std::size_t>(random().Integer(100'000, 300'000)));
  if (!Begin({{"some file", "line\n"}})) return;
  clients::Curl curl(server().clients());
  const auto url = fmt::format("ftp://127.0.0.1:{}/", server().port());
  const auto works = [&](const std::string& what, const clients::CurlRequest& request, const std::string& body) {
    const auto reply = curl.Do(request);
    if (reply.done && reply.body == body) return true;
    FailServer(server(), "libcurl can " + what,
               {reply.done ? "it got " + clients::Quoted(reply.body) : "it says: " + reply.trouble, {}, {}});
    return false;
  };
  // libcurl itself turns the line ends of a list into those of this system.
  if (!works("list the names in the folder", {.url = url, .names_only = true}, "some file\n")) return;
  if (!works("get a file", {.url = url + "some%20file"}, "line\n")) return;
  if (!works("put a file", {.url = url + "new", .upload = bytes, .uploads = true}, "")) return;
  if (HasFile("new", bytes)) works("get what it has put", {.url = url + "new"}, bytes);
}

LAB_CHECK_F(TransferCheck, Transfer, SixtyFourMebibytes, .points = 2,
            .hint = "Sizes are numbers of 64 bits, and a file need not fit into memory.",
            .needs = {"Retr.SendsEveryByte", "Stor.TakesEveryByte"}, .title = "files of 64 MiB go both ways") {
  const auto bytes = RandomBytes(64 * kMiB);
  if (!Begin()) return;
  Client* const control = LogIn();
  if (control == nullptr || !Store(*control, "big", bytes) || !HasFile("big", bytes)) return;
  const auto file = Fetch(*control, "RETR big");
  if (file) Same("the file of 64 MiB", bytes, *file);
}

}  // namespace
}  // namespace grader::checks::lab13
