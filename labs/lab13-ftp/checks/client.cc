// ftp_client, as it talks with a server of ours.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "ftp_check.h"
#include "grader/checks/python_imports.h"
#include "model_server.h"

namespace grader::checks::lab13 {
namespace {

class ClientCheck : public FtpCheck {
 protected:
  ~ClientCheck() override { run_.reset(); }  // before the server whose sockets it uses

  // Starts the client; it has logged in, and its first prompt is there.
  bool BeginClient(Files served, std::map<std::string, Fate> fates = {}, Files local = {}) {
    model_ = std::make_unique<ModelServer>(std::move(served), std::move(fates));
    const auto port = static_cast<std::uint16_t>(random().Integer(10'000, 30'000));
    RunOptions options{.args = {"127.0.0.1", std::to_string(port)}, .program = "ftp_client"};
    options.prepare = [&](sandbox::Sandbox& sandbox) {
      model_->Listen(sandbox, port);
      folder_ = std::make_unique<WorkFolder>(sandbox);
      folder_->PutFolder("sub");
      for (const auto& [name, bytes] : local) folder_->PutFile(name, bytes);
      before_ = folder_->Names(".");
    };
    if (watches_imports_) options.environment.emplace_back(kTellImports);
    seen_ = 0;
    prompt_.clear();
    run_ = Start(std::move(options));
    return AwaitPrompt("after it has logged in, the client prompts for a command");
  }

  // Types a line and waits for the prompt after it. What was printed since, both streams of it not told apart.
  std::optional<std::string> Type(const std::string& line) {
    seen_ = Out().size();
    run_->Write(line + "\n");
    if (!AwaitPrompt(fmt::format("the client obeys {} and prompts for the next command", clients::Quoted(line)))) {
      return std::nullopt;
    }
    return Out().substr(seen_);
  }

  std::string Out() {
    std::string out;
    run_->WaitUntil([&](const observe::Progress& now) { return out = now.out, true; });
    return out;
  }

  void FailClient(const std::string& expected, Problem problem) {
    run_->Stop();
    const auto run = run_->Finish();
    if (auto end = ProblemOfOutcome(run); end && !std::holds_alternative<observe::Stopped>(run.outcome)) {
      problem = std::move(*end);
    } else if (std::holds_alternative<observe::Exited>(run.outcome)) {
      problem.happened = "it has ended: it " + observe::Describe(run.outcome);
    }
    for (const auto& command : model_->commands())
      problem.facts.push_back("the server heard " + clients::Quoted(command));
    Fail(run, expected, std::move(problem));
  }

  // The end of the run, which must come by itself.
  observe::Observation FinishClient() { return run_->Finish(); }

  ModelServer& model() { return *model_; }
  observe::Run& run() { return *run_; }
  // Of a client in Python.
  void WatchImports() { watches_imports_ = Program("ftp_client").python; }
  const WorkFolder& folder() const { return *folder_; }

  // Nothing new is in the client's folder but these.
  bool HasOnlyNew(const std::set<std::string>& names, const std::string& when) {
    for (const auto& name : folder_->Names(".")) {
      if (before_.contains(name) || names.contains(name)) continue;
      FailClient("the client leaves no other file " + when, {"there is " + clients::Quoted(name), {}, {}});
      return false;
    }
    return true;
  }

  bool HasFetched(const std::string& name, const std::string& bytes) {
    const auto content = folder_->Read(name);
    if (content == bytes) return true;
    FailClient(fmt::format("the file {} is there, exact to the byte", clients::Quoted(name)),
               {content ? fmt::format("it has {} bytes of {}, or other ones", content->size(), bytes.size())
                        : std::string("there is none"),
                {},
                {}});
    return false;
  }

 private:
  // The prompt is what stands behind the last newline when the client first sleeps; afterwards it is known. One that
  // changes is recognised by that, too.
  bool IsPrompt(const observe::Progress& now) const {
    if (now.out.size() <= seen_ || !model_->idle()) return false;
    if (!prompt_.empty() && now.out.ends_with(prompt_)) return true;
    return now.everybody_asleep && !now.out.ends_with('\n');
  }

  bool AwaitPrompt(const std::string& expected) {
    std::optional<std::chrono::microseconds> begin;
    bool prompted = false;
    run_->WaitUntil([&](const observe::Progress& now) {
      if (!begin) begin = now.fair_time;
      prompted = IsPrompt(now);
      return prompted || now.fair_time > *begin + 6s;
    });
    if (!prompted) {
      FailClient(expected, {"no prompt came: it is missing, or has not been flushed", {}, {}});
      return false;
    }
    const std::string out = Out();
    if (prompt_.empty()) prompt_ = out.substr(out.rfind('\n') == std::string::npos ? 0 : out.rfind('\n') + 1);
    return true;
  }

  std::unique_ptr<ModelServer> model_;
  std::unique_ptr<WorkFolder> folder_;
  std::set<std::string> before_;
  bool watches_imports_ = false;
  std::size_t seen_ = 0;
  std::string prompt_;
  std::unique_ptr<observe::Run> run_;
};

LAB_CHECK_F(ClientCheck, Client, SpeaksFtpItself, .points = 1,
            .hint = "Write the commands to a socket, and read the replies, yourself.",
            .title = "it speaks FTP itself: no FTP library, no other program") {
  WatchImports();
  if (!BeginClient({{"a", "text"}})) return;
  if (!Type("list") || !Type("get a")) return;
  run().CloseInput();
  const auto run = FinishClient();
  const auto library =
      ImportedOf(run.err.text(), {"ftplib", "urllib.request", "pycurl", "requests", "ftputil", "aioftp", "twisted"});
  if (library) {
    return Fail(run, "the client speaks FTP itself",
                {"it imports " + *library + ", which does it for the client", {}, {}});
  }
  const std::string own = run.processes.front().program;
  for (const auto& process : run.processes) {
    if (process.program == own || process.program.empty()) continue;
    Fail(run, "the client speaks FTP itself", {Name(process) + " is the program " + process.program, {}, {}});
    return;
  }
}

LAB_CHECK_F(ClientCheck, Client, ListsNames, .points = 2, .hint = "PASV, then NLST or LIST; read the data to its end.",
            .needs = {"Client.SpeaksFtpItself"}, .title = "list shows the server's files, line by line") {
  Files files = {{random().Name() + ".txt", "1"}, {"two words", "22"}, {random().Name(), "333"}};
  for (int i = 0; i < 300; ++i) files[fmt::format("{}-{}", random().Name(), i)] = "";
  if (!BeginClient(files)) return;
  for (int times = 0; times < 2; ++times) {
    const auto text = Type("list");
    if (!text) return;
    auto lines = SplitLines(*text);
    for (auto& line : lines) {
      while (line.ends_with('\r') || line.ends_with(' ')) line.pop_back();
    }
    for (const auto& file : files) {
      const auto ends_so = [&](const std::string& line) { return line.ends_with(file.first); };
      if (std::ranges::any_of(lines, ends_so)) continue;
      FailClient("a line of the list ends in " + clients::Quoted(file.first), {"there is none", {}, {}});
      return;
    }
  }
}

LAB_CHECK_F(ClientCheck, Client, GetsFiles, .points = 3,
            .hint = "The argument is the rest of the line. The file's name here is the part behind the last slash.",
            .needs = {"Client.SpeaksFtpItself"}, .title = "get fetches files, exact to the byte") {
  const Files files = {{"empty", ""},
                       {"lines.txt", "unix\nwindows\r\nmac\r\n\n"},
                       {"a name with blanks", RandomBytes(1000)},
                       {"large", RandomBytes(5'000'003)}};
  if (!BeginClient(files, {}, {{"lines.txt", "older and longer: " + std::string(100, 'x')}})) return;
  for (const auto& [name, bytes] : files) {
    if (!Type("get " + name) || !HasFetched(name, bytes)) return;
  }
  if (!Type("get /large") || !HasFetched("large", files.at("large"))) return;
  HasOnlyNew({"empty", "a name with blanks", "large"}, "but what was fetched");
}

LAB_CHECK_F(ClientCheck, Client, KeepsWholeFilesOnly, .points = 4,
            .hint = "Whether all went well, the reply after the data tells. Make the file only then.",
            .needs = {"Client.GetsFiles"},
            .title = "get makes a file only if all went well, and leaves an older one alone otherwise") {
  Files files = {{"refused", "x"}, {"reset", RandomBytes(400'000)}, {"short", RandomBytes(400'000)}};
  files.insert({{"reset-old", RandomBytes(300'000)}, {"short-old", RandomBytes(300'000)}, {"good", "good"}});
  const std::map<std::string, Fate> fates = {{"refused", Fate::kRefused}, {"reset", Fate::kReset},
                                             {"short", Fate::kShort},     {"reset-old", Fate::kReset},
                                             {"short-old", Fate::kShort}, {"missing-old", Fate::kRefused}};
  const Files local = {{"reset-old", "older"}, {"short-old", "older"}, {"missing-old", "older"}};
  if (!BeginClient(files, fates, local)) return;
  for (const char* name : {"refused", "missing", "reset", "short", "reset-old", "short-old", "missing-old"}) {
    if (!Type(std::string("get ") + name)) return;
    if (!HasOnlyNew({}, fmt::format("after a get of `{}`, which went wrong", name))) return;
    if (local.contains(name) && !HasFetched(name, local.at(name))) return;
  }
  if (Type("get good")) HasFetched("good", "good");
}

LAB_CHECK_F(ClientCheck, Client, PutsFiles, .points = 3,
            .hint = "STOR gets the last part of the path only. Close the data connection, then read the reply.",
            .needs = {"Client.SpeaksFtpItself"}, .title = "put sends files under their base names") {
  const Files local = {{"empty", ""},
                       {"sub/deep name", RandomBytes(1000)},
                       {"lines.txt", "unix\nwindows\r\n"},
                       {"large", RandomBytes(5'000'003)}};
  if (!BeginClient({}, {}, local)) return;
  for (const auto& [path, bytes] : local) {
    if (!Type("put " + path)) return;
    const std::string name = path.substr(path.rfind('/') + 1);
    const auto uploads = model().uploads();
    const auto found = uploads.find(name);
    if (found != uploads.end() && found->second == bytes) continue;
    FailClient(
        fmt::format("put {} sends its bytes as {}", clients::Quoted(path), clients::Quoted(name)),
        {found == uploads.end() ? std::string("no such file came")
                                : fmt::format("{} bytes of {} came, or other ones", found->second.size(), bytes.size()),
         {},
         {}});
    return;
  }
}

LAB_CHECK_F(ClientCheck, Client, PrintsRefusalsAndGoesOn, .points = 2,
            .hint = "A reply that begins with 4 or 5 ends the command, not the client.",
            .needs = {"Client.SpeaksFtpItself"}, .title = "a refusal is printed, and the client goes on") {
  const std::string name = random().Name();
  const Files local = {{"refused", RandomBytes(100)}, {"reset", RandomBytes(3'000'000)}, {"good", "good"}};
  const std::map<std::string, Fate> fates = {{"refused", Fate::kRefused}, {"reset", Fate::kReset}};
  if (!BeginClient({{"a", "text"}}, fates, local)) return;
  const auto get = Type("get " + name);
  const auto put = get ? Type("put refused") : std::nullopt;
  if (!put) return;
  if (!Type("put reset") || !Type("put " + random().Name()) || !Type("get a") || !Type("put good")) return;
  if (!HasFetched("a", "text")) return;
  if (model().uploads() != std::map<std::string, std::string>{{"good", "good"}}) {
    FailClient("after refusals the next put works", {"the file did not come", {}, {}});
    return;
  }
  run().CloseInput();
  const auto run = FinishClient();
  const std::string all = run.out.text() + run.err.text();
  for (const std::string& reply :
       {"550 " + name + " is not to be had", std::string("553 refused is not to be written")}) {
    if (all.find(reply) != std::string::npos) continue;
    Fail(run, fmt::format("the reply `{}` is printed", reply), {"it is not", {}, {}});
  }
}

LAB_CHECK_F(ClientCheck, Client, EndsWell, .points = 2,
            .hint = "quit and the end of the input end it with 0. Who cannot connect says why, and ends with 1.",
            .title = "it ends with 0 at quit and at the end of input, with 1 if it cannot connect") {
  for (const bool by_quit : {true, false}) {
    if (!BeginClient({{"a", "text"}}) || !Type("list")) return;
    if (by_quit) run().Write("quit\n");
    if (!by_quit) run().CloseInput();
    ASSERT_THAT(FinishClient(), ExitsCleanly());
  }
  const auto run = Run({.args = {"127.0.0.1", "2"}, .program = "ftp_client"});
  ASSERT_THAT(run, ExitsWith(1));
  if (run.err.text().empty()) Fail(run, "it says on stderr why it cannot connect", {"stderr is empty", {}, {}});
}

LAB_CHECK_F(ClientCheck, Client, RefusesWrongArguments, .points = 1,
            .hint = "Usage errors print one line to stderr and exit 2.", .title = "wrong arguments are refused") {
  for (const std::vector<std::string>& args : {std::vector<std::string>{},
                                               {"127.0.0.1"},
                                               {"127.0.0.1", "2121", "x"},
                                               {"127.0.0.1", "x"},
                                               {"127.0.0.1", "70000"}}) {
    const auto run = Run({.args = args, .program = "ftp_client"});
    ASSERT_THAT(run, ExitsWith(2));
    ASSERT_THAT(run, PrintsOneErrorLine());
  }
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab13
