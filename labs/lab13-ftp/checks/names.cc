// Lists, sizes and names.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

class NamesCheck : public FtpCheck {
 protected:
  // A folder with all sorts of things in it. The regular files that may be named are in visible_.
  bool BeginWithAFolder() {
    visible_ = {{random().Name() + ".txt", RandomBytes(static_cast<std::size_t>(random().Integer(100, 9999)))},
                {"two words " + random().Name(3), "a blank\r\nin a name\n"},
                {"gr\xc3\xbc\xc3\x9f"
                 "e.dat",
                 RandomBytes(70'001)},
                {"-l", "looks like an option"},
                {"empty" + random().Name(4), ""}};
    secret_ = random().Name(20);
    Files files = visible_;
    files[".hidden"] = secret_;
    return Begin(std::move(files), [this](WorkFolder& work) {
      work.PutFile("secret", secret_);
      work.PutFolder("files/folder");
      work.PutFile("files/folder/inner", secret_);
      work.PutFolder("other");
      work.PutFile("other/inner", secret_);
      work.PutLink("files/link", "../secret");
      work.PutLink("files/absolute", "/work/secret");
      work.PutLink("files/passwd", "/etc/passwd");
      work.PutLink("files/door", "../other");
      work.PutLink("files/dangling", "../made-by-a-link");
      work.PutPipe("files/pipe");
    });
  }

  bool Tells(const std::string& command, const std::vector<std::string>& happened) {
    for (const auto& line : happened) {
      const auto is_end = [&](const auto& file) { return line.ends_with(file.first); };
      if (line.starts_with("total ") || std::ranges::any_of(visible_, is_end)) continue;
      FailServer(server(), command + " shows regular files whose name does not begin with a dot, and nothing else",
                 {"it shows " + clients::Quoted(line), {}, {}});
      return false;
    }
    return true;
  }

  Files visible_;
  std::string secret_;
};

LAB_CHECK_F(NamesCheck, List, NlstGivesNames, .points = 3,
            .hint = "lstat tells a regular file from a folder, a link and a pipe. Lines of FTP end in CRLF.",
            .needs = {"Passive.GivesTheControlConnectionsOwnAddress"},
            .title = "NLST gives the names of all regular files") {
  if (!BeginWithAFolder()) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const auto how : {lab13::Passive::kPasv, lab13::Passive::kEpsv}) {
    const auto text = Fetch(*control, "NLST", how);
    if (!text) return;
    auto lines = SplitCrlf(*text);
    if (!lines) {
      FailServer(server(), "each line of NLST ends in CRLF", {"it was " + clients::Quoted(*text), {}, {}});
      return;
    }
    std::vector<std::string> names;
    for (const auto& file : visible_) names.push_back(file.first);
    std::ranges::sort(*lines);
    if (*lines == names) continue;
    FailServer(server(), fmt::format("NLST gives `{}`, in any order", fmt::join(names, "`, `")),
               {fmt::format("it gave `{}`", fmt::join(*lines, "`, `")), {}, {}});
    return;
  }
}

LAB_CHECK_F(NamesCheck, List, ListShowsSizes, .points = 2,
            .hint = "Imitate `ls -l`: rights, links, owner, group, size, date, name.", .needs = {"List.NlstGivesNames"},
            .title = "a line of LIST holds the size and ends in the name") {
  if (!BeginWithAFolder()) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  const auto text = Fetch(*control, "LIST");
  if (!text) return;
  const auto lines = SplitCrlf(*text);
  if (!lines) {
    FailServer(server(), "each line of LIST ends in CRLF", {"it was " + clients::Quoted(*text), {}, {}});
    return;
  }
  if (!Tells("LIST", *lines)) return;
  for (const auto& [name, bytes] : visible_) {
    const auto has_both = [&](const std::string& line) {
      if (!line.ends_with(' ' + name) && !line.ends_with('\t' + name)) return false;
      const std::string rest = "\t " + line.substr(0, line.size() - name.size());
      for (const char before : {' ', '\t'}) {
        for (const char after : {' ', '\t'}) {
          if (rest.find(before + std::to_string(bytes.size()) + after) != std::string::npos) return true;
        }
      }
      return false;
    };
    const auto lines_with = std::ranges::count_if(*lines, has_both);
    if (lines_with == 1) continue;
    FailServer(server(), fmt::format("one line of LIST holds {} and ends in `{}`", bytes.size(), name),
               {fmt::format("there are {}", lines_with), {fmt::format("LIST was {}", clients::Quoted(*text))}, {}});
    return;
  }
}

LAB_CHECK_F(NamesCheck, List, SizeIsInBytes, .points = 1, .hint = "fstat, st_size: RFC 3659, section 4.",
            .needs = {"Login.AnonymousAndFtpMayLogIn"}, .title = "SIZE gives the size in bytes, whatever the type") {
  if (!BeginWithAFolder()) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const char* type : {"TYPE I", "TYPE A"}) {
    if (!Expect(*control, type, {200})) return;
    for (const auto& [name, bytes] : visible_) {
      const auto reply = Ask(*control, "SIZE " + name);
      if (!reply) return;
      if (reply->text() == fmt::format("213 {}", bytes.size())) continue;
      FailServer(server(), fmt::format("SIZE of a file of {} bytes is answered `213 {}`", bytes.size(), bytes.size()),
                 {"it was `" + reply->text() + '`', {}, {}});
      return;
    }
  }
  Expect(*control, "SIZE " + random().Name(), {550});
}

LAB_CHECK_F(NamesCheck, Names, BlanksAndALeadingSlashAreFine, .points = 1,
            .hint = "The argument is all that follows the first blank. One slash in front of a name is ignored.",
            .needs = {"Passive.GivesTheControlConnectionsOwnAddress"},
            .title = "names may hold blanks, and one leading slash") {
  if (!BeginWithAFolder()) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const auto& [name, bytes] : visible_) {
    const auto file = Fetch(*control, "RETR /" + name);
    if (!file || !Same('`' + name + '`', bytes, *file)) return;
  }
  const auto bytes = RandomBytes(1000);
  if (!Store(*control, "/new with blanks", bytes)) return;
  HasFile("new with blanks", bytes);
}

LAB_CHECK_F(NamesCheck, Names, WhatIsNoPlainFileIsRefused, .points = 2,
            .hint = "Open with O_NOFOLLOW and O_NONBLOCK, then ask fstat what it is. A named pipe would hold you up.",
            .needs = {"Passive.GivesTheControlConnectionsOwnAddress"},
            .title = "what is no plain file of the folder is answered 550, for STOR 553") {
  if (!BeginWithAFolder()) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const std::string name : {"folder", "/folder", "folder/inner", ".hidden", "/.hidden", "link", "absolute",
                                 "passwd", "door", "door/inner", "..", "."}) {
    if (!Expect(*control, "SIZE " + name, {550})) return;
    if (OpenData(*control) == nullptr || !Expect(*control, "RETR " + name, {550})) return;
    if (OpenData(*control) == nullptr || !Expect(*control, "STOR " + name, {553})) return;
  }
  for (const std::string& name : {std::string("pipe"), random().Name()}) {
    if (!Expect(*control, "SIZE " + name, {550})) return;
    if (OpenData(*control) == nullptr || !Expect(*control, "RETR " + name, {550})) return;
  }
  if (OpenData(*control) == nullptr || !Expect(*control, "STOR folder/new", {553})) return;
  Expect(*control, "NOOP", {200});
}

LAB_CHECK_F(NamesCheck, Names, NothingOutsideIsReachable, .points = 3,
            .hint = "Take plain names only: no slash but a leading one, no leading dot, no link.",
            .needs = {"Passive.GivesTheControlConnectionsOwnAddress"},
            .title = "nothing outside the folder can be read or written, however it is spelt") {
  if (!BeginWithAFolder()) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const std::string path : {"../secret",
                                 "/../secret",
                                 "//work/secret",
                                 "/work/secret",
                                 "folder/../../secret",
                                 "./../secret",
                                 "..\\secret",
                                 "..%2fsecret",
                                 "%2e%2e/secret",
                                 "..%252fsecret",
                                 "..\xc0\xaf"
                                 "secret",
                                 "\xc0\xae\xc0\xae/secret",
                                 "link",
                                 "/link",
                                 "absolute",
                                 "door/inner",
                                 "dangling",
                                 "....//secret",
                                 "/work/files/../secret",
                                 "~/secret",
                                 "file:///work/secret",
                                 "../../../../../../etc/passwd",
                                 "/proc/self/cwd/secret"}) {
    for (const std::string command : {"RETR ", "STOR "}) {
      Client* const data = OpenData(*control);
      const auto reply = data == nullptr ? std::nullopt : Ask(*control, command + path);
      if (!reply) return;
      if (reply->code / 100 != 1) continue;
      if (command == "STOR ") data->Say("overwritten");  // may be taken for a plain name that stays inside
      data->HalfClose();
      if (!AwaitComplete(*control, *data, command + path)) return;
      const bool leaked = data->heard().find(secret_) != std::string::npos || data->heard().find("root:") == 0;
      if (!leaked) continue;
      FailServer(server(), "what is outside the folder is not sent", {command + path + " sends it", {}, {}});
      return;
    }
    const auto secret = work().Read("secret");
    if (secret != secret_ || work().Read("other/inner") != secret_ || work().Size("made-by-a-link")) {
      FailServer(server(), "what is outside the folder stays as it was", {"STOR " + path + " has changed it", {}, {}});
      return;
    }
  }
}

}  // namespace
}  // namespace grader::checks::lab13
