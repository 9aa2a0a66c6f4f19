// Data requests: /time and /hello.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

// YYYY-MM-DD HH:MM:SS, perhaps with a newline.
bool IsTime(std::string text) {
  constexpr std::string_view kPattern = "0000-00-00 00:00:00";
  if (text.ends_with('\n')) text.pop_back();
  if (text.size() != kPattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kPattern[i] == '0' ? !digit : text[i] != kPattern[i]) return false;
  }
  const auto number = [&](std::size_t at) { return std::stoi(text.substr(at, 2)); };
  const auto within = [](int value, int low, int high) { return low <= value && value <= high; };
  return text.starts_with("20") && within(number(5), 1, 12) && within(number(8), 1, 31) && within(number(11), 0, 23) &&
         within(number(14), 0, 59) && within(number(17), 0, 60);
}

LAB_CHECK_F(HttpCheck, Data, TellsTheTime, .points = 2, .hint = "strftime with %Y-%m-%d %H:%M:%S.",
            .title = "/time is the date and the time, as text/plain") {
  auto server = ServeSite();
  if (!server) return;
  const auto reply = AskFor(server, server.Connect(), Get("/time"));
  if (!reply) return;
  if (reply->status == 200 && reply->Type() == "text/plain" && IsTime(reply->body)) return;
  FailServer(server, "GET /time gets 200, text/plain and YYYY-MM-DD HH:MM:SS",
             {.happened = "it got " + std::to_string(reply->status) + ", " + reply->Type(),
              .facts = {"the body: " + Shown(reply->body)}});
}

using Greetings = std::vector<std::pair<std::string, std::string>>;  // target and body

class HelloCheck : public HttpCheck {
 protected:
  void Greets(const Greetings& greetings) {
    auto server = ServeSite();
    if (!server) return;
    for (const auto& [target, body] : greetings) {
      auto& client = server.Connect();
      auto reply = AskFor(server, client, Get(target));
      if (!reply) return;
      auto& heard = reply->body;
      if (heard.ends_with('\n')) heard.pop_back();
      if (reply->status != 200 || heard != body) {
        return FailServer(server, "GET " + Shown(target) + " gets " + Shown(body),
                          {.happened = "it got " + std::to_string(reply->status) + ": " + Shown(heard)});
      }
      client.Close();
    }
  }
};

LAB_CHECK_F(HelloCheck, Data, Greets, .points = 2, .hint = "The query is what follows the first ?, pairs joined by &.",
            .title = "/hello?name=X says Hello, X!") {
  const auto name = random().Name();
  Greets({{"/hello?name=" + name, "Hello, " + name + "!"},
          {"/hello", "Hello, world!"},
          {"/hello?other=" + name, "Hello, world!"},
          {"/hello?other=1&name=" + name, "Hello, " + name + "!"},
          {"/hello?name=" + name + "&other=1", "Hello, " + name + "!"}});
}

LAB_CHECK_F(HelloCheck, Data, DecodesNames, .points = 3,
            .hint = "Split at & and = first. Then + becomes a space, then %XX is decoded: %2B is a plus.",
            .needs = {"Data.Greets"}, .title = "names are decoded: UTF-8, + and %XX") {
  const auto name = random().Name();
  Greets({{"/hello?name=J%C3%BCrgen", "Hello, J\xc3\xbcrgen!"},
          {"/hello?name=%E2%82%ac+" + name, "Hello, \xe2\x82\xac " + name + "!"},
          {"/hello?name=" + name + "+and+Co", "Hello, " + name + " and Co!"},
          {"/hello?name=a%20b%2Bc", "Hello, a b+c!"},
          {"/hello?name=a%26b%3Dc%25d", "Hello, a&b=c%d!"},
          {"/%68ello?name=x%2541", "Hello, x%41!"}});
}

}  // namespace
}  // namespace grader::checks::lab17
