#include "visit.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <system_error>
#include <variant>

#include "chat_check.h"
#include "grader/clients/endpoint.h"

namespace grader::checks::lab03 {
namespace {

void ThrowIfFailed(int result, const char* call) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), call);
}

}  // namespace

void Visit::Listen(sandbox::Sandbox& sandbox) {
  listening_ = sandbox.Socket(AF_INET, SOCK_STREAM);
  const auto address = clients::AddressOf({.host = "127.0.0.1", .port = port_});
  ThrowIfFailed(bind(listening_.get(), address.get(), address.size), "bind");
  ThrowIfFailed(listen(listening_.get(), 1), "listen");
  os::SetNonBlocking(listening_);
}

void Visit::Act() {
  if (!connection_ && listening_) {
    connection_ = os::Fd(accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (connection_) listening_.Close();
  }
  if (!connection_) return;
  Receive();
  while (!unsent_.empty()) {
    const ssize_t sent = send(connection_.get(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
    if (sent == -1 && errno != EAGAIN) unsent_.clear();  // the client has gone, and who waits for more will tell
    if (sent == -1) break;
    unsent_.erase(0, static_cast<std::size_t>(sent));
  }
  if (closing_ && unsent_.empty()) connection_.Close();
}

void Visit::Receive() {
  std::array<char, std::size_t{64} * 1024> bytes;
  ssize_t received = 0;
  while ((received = recv(connection_.get(), bytes.data(), bytes.size(), 0)) > 0) {
    heard_.append(bytes.data(), static_cast<std::size_t>(received));
  }
  heard_end_ = heard_end_ || received == 0 || errno != EAGAIN;
}

bool ClientCheck::StartClient(observe::TraceLevel level) {
  visit_ = std::make_unique<Visit>(static_cast<std::uint16_t>(random().Integer(10'000, 30'000)));
  RunOptions options{.args = {"127.0.0.1", std::to_string(visit_->port())}, .program = "chat_client", .level = level};
  options.prepare = [this](sandbox::Sandbox& sandbox) { visit_->Listen(sandbox); };
  run_ = Start(std::move(options));
  return Await("the client connects", [this](std::string_view) { return visit_->connected(); });
}

// In vain it waits no longer than until the client is seen to sleep for good: then only the grader could wake it.
bool ClientCheck::WaitFor(const Condition& condition) {
  constexpr auto kPatience = 5s;
  constexpr auto kBetweenLooks = 50ms;
  std::optional<std::chrono::microseconds> since;
  std::optional<std::chrono::microseconds> looked;
  bool met = false;
  bool late = false;
  for (int looks_at_rest = 0; !met && !late && looks_at_rest < 3;) {
    looked.reset();
    const bool alive = run_->WaitUntil([&](const observe::Progress& now) {
      if (!since) since = now.fair_time;
      if (!looked) looked = now.fair_time;
      visit_->Act();
      met = met || condition(now.out);
      late = now.fair_time - *since > kPatience;
      return met || late || now.fair_time - *looked > kBetweenLooks;
    });
    if (!alive) break;
    const bool at_rest = !visit_->IsSending() && run_->LookForRest() == observe::Rest::kStill;
    looks_at_rest = at_rest ? looks_at_rest + 1 : 0;
  }
  return met;
}

bool ClientCheck::Await(const std::string& expected, const Condition& condition) {
  if (WaitFor(condition)) return true;
  run_->Stop();
  const auto run = run_->Finish();
  visit_->Act();
  const auto out = run.out.text();
  if (condition(out)) return true;  // it came with the end
  const bool stopped = std::holds_alternative<observe::Stopped>(run.outcome);
  Fail(run, expected,
       {.happened = stopped ? "it did not" : "the client " + observe::Describe(run.outcome),
        .facts = {"the client printed " + Shown(out), "the server heard of it " + Shown(visit_->heard())}});
  return false;
}

bool ClientCheck::AwaitPrinted(const std::string& line) {
  return Await("the client prints " + Shown(line) + " as soon as it has come",
               [&](std::string_view printed) { return printed.find(line + "\n") != std::string_view::npos; });
}

bool ClientCheck::AwaitHeard(const std::string& bytes) {
  return Await("the server hears what was typed, as it is: " + Shown(bytes),
               [&](std::string_view) { return visit_->heard() == bytes; });
}

void ClientCheck::ExpectEndAfterClose() {
  visit_->Close();
  const auto never = [](std::string_view) { return false; };
  WaitFor(never);
  run_->Stop();  // nothing, if it has ended by itself
  const auto run = run_->Finish();
  if (std::holds_alternative<observe::Stopped>(run.outcome)) {
    return Fail(run, "the client ends when the server closes", {.happened = "it did not"});
  }
  EXPECT_THAT(run, ExitsCleanly());
}

}  // namespace grader::checks::lab03
