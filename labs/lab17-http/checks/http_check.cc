#include "http_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace grader::checks::lab17 {
namespace {

std::string InWords(const std::set<int>& statuses) {
  std::string words;
  for (const int status : statuses) words += (words.empty() ? "" : ", or ") + std::to_string(status);
  return words;
}

// Where two texts first differ, in words.
std::string Difference(const std::string& heard, const std::string& wanted) {
  if (heard.size() != wanted.size()) {
    return fmt::format("the body has {} instead of {} bytes", heard.size(), wanted.size());
  }
  const auto [at, other] = std::ranges::mismatch(heard, wanted);
  return fmt::format("byte {} of {} is wrong", at - heard.begin() + 1, wanted.size());
}

}  // namespace

std::string Request(std::string_view method, std::string_view target, std::string_view headers, std::string_view body) {
  return fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n{}", method, target, headers, body);
}

std::string Get(std::string_view target, std::string_view headers) { return Request("GET", target, headers); }
std::string Head(std::string_view target) { return Request("HEAD", target); }

std::string Shown(std::string_view bytes) {
  constexpr std::size_t kMost = 160;
  std::string shown;
  for (const char c : bytes.substr(0, kMost)) {
    if (c == '\r') {
      shown += "\\r";
    } else if (c == '\n') {
      shown += "\\n";
    } else if (c >= ' ' && c <= '~') {
      shown += c;
    } else {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return bytes.size() > kMost ? fmt::format("{}... ({} bytes)", shown, bytes.size()) : shown;
}

Site& HttpCheck::site() {
  if (!site_) site_.emplace(random());
  return *site_;
}

ServerOptions HttpCheck::SiteOptions() {
  ServerOptions options{.more = {Site::kInside}};
  options.run.files = {site().view()};
  return options;
}

Server HttpCheck::ServeSite() { return Serve(SiteOptions()); }

Protocol HttpCheck::HttpProtocol() {
  return {.options = SiteOptions(),
          .default_host = "0.0.0.0",
          .default_port = 8000,
          .greeting = [](int client) { return Get("/hello?name=client" + std::to_string(client)); },
          .answered =
              [](const Client& client) {
                const auto read = ReadReply(client.unread(), Asked::kGet, client.ended());
                return read.state == ReplyRead::State::kWhole && read.reply.status == 200;
              },
          .answer = "a whole reply to GET /hello",
          .more = Get("/hello")};
}

std::optional<Reply> HttpCheck::Hear(Server& server, Client& client, Asked asked) {
  ReplyRead read;
  const auto there = [&] {
    read = ReadReply(client.unread(), asked, client.ended());
    return read.state != ReplyRead::State::kPartial;
  };
  if (!Await(server, "each request gets its reply, and the reply says how long it is", there, {&client})) {
    return std::nullopt;
  }
  if (read.state == ReplyRead::State::kBroken) {
    FailServer(server, "each request gets its reply", {.happened = read.fault}, {&client});
    return std::nullopt;
  }
  client.Take(read.used);
  return std::move(read.reply);
}

std::optional<Reply> HttpCheck::AskFor(Server& server, Client& client, const std::string& request, Asked asked) {
  client.Say(request);
  return Hear(server, client, asked);
}

bool HttpCheck::Expect(Server& server, Client& client, const Ask& ask, std::optional<Reply>* reply) {
  auto heard = AskFor(server, client, ask.request);
  if (!heard) return false;
  const int status = heard->status;
  if (reply != nullptr) *reply = std::move(heard);
  if (ask.statuses.contains(status)) return true;
  FailServer(
      server, fmt::format("{} is answered with {}", ask.what.empty() ? "the request" : ask.what, InWords(ask.statuses)),
      {.happened = fmt::format("the reply's status was {}", status), .facts = {"the request: " + Shown(ask.request)}},
      {&client});
  return false;
}

void HttpCheck::ExpectEach(const std::vector<Ask>& asks) {
  auto server = ServeSite();
  if (!server) return;
  for (const auto& ask : asks) {
    auto& client = server.Connect();
    if (!Expect(server, client, ask)) return;
    client.Close();
  }
}

bool HttpCheck::CompareBody(Server& server, const Reply& reply, const std::string& what, const std::string& body) {
  if (reply.body == body) return true;
  FailServer(server, what + " comes as it is", {.happened = Difference(reply.body, body)});
  return false;
}

bool HttpCheck::ExpectFile(Server& server, Client& client, const std::string& path) {
  std::optional<Reply> reply;
  if (!Expect(server, client, {Get(path), {200}, "the file " + path}, &reply)) return false;
  return CompareBody(server, *reply, "the file " + path, site().files().at(path));
}

}  // namespace grader::checks::lab17
