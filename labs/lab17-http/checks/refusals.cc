// Requests that must be refused, each with its status.
#include <fmt/format.h>

#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

constexpr std::size_t kKiB = 1024;

// Headers of so many bytes in all.
std::string Padding(std::size_t size) {
  constexpr std::size_t kLine = 1000;
  std::string lines;
  for (int number = 0; lines.size() < size; ++number) {
    const auto left = std::min(kLine, size - lines.size());
    const auto name = fmt::format("X-Padding-{}: ", number);
    lines += name + std::string(left > name.size() + 2 ? left - name.size() - 2 : 1, 'x') + "\r\n";
  }
  return lines;
}

LAB_CHECK_F(HttpCheck, Refusals, HostIsNeededOnce, .points = 2, .hint = "RFC 9112, section 3.2.",
            .needs = {"Files.ServesFiles"}, .title = "HTTP/1.1 without exactly one Host is 400") {
  ExpectEach({{"GET / HTTP/1.1\r\n\r\n", {400}, "a request without Host"},
              {"GET / HTTP/1.1\r\nAccept: */*\r\n\r\n", {400}, "a request without Host"},
              {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", {400}, "a request with two Hosts"},
              {"GET / HTTP/1.1\r\nhOST: a\r\nAccept: */*\r\nHost: a\r\n\r\n", {400}, "a request with two Hosts"},
              {"GET / HTTP/1.1\r\nhOsT: a\r\n\r\n", {200}, "a request with one Host, in any case of letters,"}});
}

LAB_CHECK_F(HttpCheck, Refusals, VersionIsNeeded, .points = 2,
            .hint = "A request line has three words. HTTP/1.2 is still 1, HTTP/2.0 is not.",
            .needs = {"Files.ServesFiles"}, .title = "no version is 400, another major version is 505") {
  const auto rest = std::string("\r\nHost: a\r\n\r\n");
  ExpectEach({{"GET /" + rest, {400}, "a request without a version"},
              {"GET /index.html" + rest, {400}, "a request without a version"},
              {"GET / HTTP/2.0" + rest, {505}, "HTTP/2.0"},
              {"GET / HTTP/3.1" + rest, {505}, "HTTP/3.1"},
              {"GET /index.html HTTP/9.9" + rest, {505}, "HTTP/9.9"}});
}

LAB_CHECK_F(HttpCheck, Refusals, EncodingIsChecked, .points = 2,
            .hint = "After a % there must be two hexadecimal digits, in the query as well. %00 would end a C string.",
            .needs = {"Files.ServesFiles"}, .title = "a bad %XX, or %00, is 400") {
  std::vector<Ask> asks;
  for (const std::string target :
       {"/%", "/%4", "/index%2", "/%zz", "/%4g", "/%G4.html", "/index.html%", "/%%41", "/%-1", "/%+1", "/%0x",
        "/index.html%00", "/%00", "/index.html%00.png", "/hello?name=%zz", "/hello?name=%4", "/hello?name=%00x"}) {
    asks.push_back({Get(target), {400}, target});
  }
  ExpectEach(asks);
}

LAB_CHECK_F(HttpCheck, Refusals, LengthIsChecked, .points = 2,
            .hint = "Content-Length is digits and nothing else. atoi and strtol take too much for a number.",
            .needs = {"Files.ServesFiles"}, .title = "a bad Content-Length is 400") {
  std::vector<Ask> asks;
  for (const std::string length : {"-1", "abc", "5x", "0x10", "1.5", "1e3", "-0", "5 5", "--5", "+5", "1_0", ""}) {
    const auto header = "Content-Length: " + length;
    asks.push_back({Get("/", header + "\r\n"), {400}, header});
    asks.push_back({Request("POST", "/", header + "\r\n"), {400, 405}, "POST with " + header});
  }
  asks.push_back({Get("/", "Content-Length: 5\r\nContent-Length: 6\r\n"), {400}, "two lengths that differ"});
  ExpectEach(asks);
}

class MethodCheck : public HttpCheck {
 protected:
  // 405 with Allow; afterwards the connection is as good as new, unless the reply has said Connection: close.
  bool Refuses(Server& server, const std::string& request, const std::string& what) {
    auto& client = server.Connect();
    std::optional<Reply> reply;
    if (!Expect(server, client, {request, {405}, what}, &reply)) return false;
    std::string allowed;
    for (const auto& [name, value] : reply->headers) allowed += name == "allow" ? value + "," : "";
    if (allowed.find("GET") == std::string::npos || allowed.find("HEAD") == std::string::npos) {
      FailServer(server, "a 405 has Allow: GET, HEAD", {.happened = "Allow is \"" + allowed + '"'});
      return false;
    }
    const bool ends = reply->SaysClose() || !reply->Header("content-length");
    const bool goes_on = ends ? AwaitEnd(server, client) : ExpectFile(server, client, "/index.html");
    client.Close();
    return goes_on;
  }
};

LAB_CHECK_F(MethodCheck, Refusals, OtherMethodsAreNotAllowed, .points = 3,
            .hint =
                "The body of a POST follows its head. If you do not read past it, it is taken for the next request; "
                "or say Connection: close, and do so.",
            .needs = {"Files.ServesFiles"}, .title = "other methods are 405 with Allow, whatever body they bring") {
  auto server = ServeSite();
  if (!server) return;
  for (const std::string method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"}) {
    if (!Refuses(server, Request(method, "/index.html"), method)) return;
  }
  for (const std::size_t size : {std::size_t{1}, std::size_t{20}, 3 * kKiB, 64 * kKiB}) {
    const auto body = size == 20 ? std::string("GET / HTTP/1.1\r\n\r\nxx") : std::string(size, 'b');
    const auto length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
    if (!Refuses(server, Request("POST", "/hello", length, body), fmt::format("POST with {} bytes of body", size)))
      return;
  }
}

LAB_CHECK_F(HttpCheck, Refusals, ChunkedBodiesEndTheConnection, .points = 2,
            .hint = "Who does not read chunks cannot know where the next request begins. So close after the reply.",
            .needs = {"Files.ServesFiles"}, .title = "chunked bodies are refused, and the connection ends") {
  auto server = ServeSite();
  if (!server) return;
  const std::string header = "Transfer-Encoding: chunked\r\n";
  for (const auto& request : {Request("POST", "/hello", header, "5\r\nabcde\r\n0\r\n\r\n"), Get("/", header),
                              Request("POST", "/hello", header, "7\r\nGET / H\r\n")}) {
    auto& client = server.Connect();
    if (!Expect(server, client, {request, {400, 405, 411, 501}, "a chunked body"})) return;
    client.HalfClose();
    if (!AwaitEnd(server, client)) return;
  }
}

LAB_CHECK_F(HttpCheck, Refusals, LongOnesAreAccepted, .points = 2,
            .hint = "Buffers of a fixed size: a line of 8,000 bytes, headers of 8 KiB.", .needs = {"Data.Greets"},
            .title = "what is long, but not too long, is accepted") {
  auto server = ServeSite();
  if (!server) return;
  constexpr std::size_t kLine = 8000;
  const std::string frame = "GET /hello?name= HTTP/1.1";
  const std::string name(kLine - frame.size(), 'n');
  std::optional<Reply> reply;
  if (!Expect(server, server.Connect(), {Get("/hello?name=" + name), {200}, "a request line of 8,000 bytes"}, &reply)) {
    return;
  }
  if (reply->body.find("Hello, " + name + "!") != 0) {
    return FailServer(server, "the whole line is taken", {.happened = "the name that was greeted is not the one sent"});
  }
  auto& client = server.Connect();
  constexpr std::size_t kHost = 17;  // Host: localhost
  if (!Expect(server, client, {Get("/", Padding(8 * kKiB - kHost)), {200}, "a request with 8 KiB of headers"})) return;
  ExpectFile(server, client, "/index.html");
}

LAB_CHECK_F(HttpCheck, Refusals, TooLongOnesAreRefused, .points = 2,
            .hint = "Look at how much has come before you wait for more. An endless line must not fill the memory.",
            .needs = {"Files.ServesFiles"}, .title = "too long lines are 414, headers 431, bodies 413") {
  const auto line = [](std::size_t size) { return Get("/" + std::string(size, 'l')); };
  ExpectEach(
      {{line(65 * kKiB), {414}, "a request line of 65 KiB"},
       {"GET /" + std::string(300 * kKiB, 'l'), {414}, "a request line that does not end"},
       {Get("/", Padding(129 * kKiB)), {431}, "a request with 129 KiB of headers"},
       {"GET / HTTP/1.1\r\nHost: a\r\n" + Padding(300 * kKiB), {431}, "a request whose headers do not end"},
       {Get("/", "Content-Length: 16777217\r\n"), {413}, "Content-Length: 16777217"},
       {Get("/", "Content-Length: 99999999999999999999999\r\n"), {413, 400}, "a length beyond all numbers"},
       {Get("/", "Content-Length: 4294967301\r\n"), {413}, "Content-Length: 4294967301"},
       {Request("POST", "/", "Content-Length: 20000000\r\n"), {405, 413}, "POST with Content-Length: 20000000"}});
}

LAB_CHECK_F(HttpCheck, Refusals, RepliesArrive, .points = 2,
            .hint =
                "close while bytes are unread makes a reset, and the client's system may throw your reply away. First "
                "shutdown(SHUT_WR), then read past what comes, until the client closes.",
            .needs = {"Refusals.TooLongOnesAreRefused"}, .title = "a refusal arrives, and no reset") {
  auto server = ServeSite();
  if (!server) return;
  const std::string body(64 * kKiB, 'b');
  const auto length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
  const std::vector<Ask> asks = {
      {Request("POST", "/", length, body), {405}, "POST with 64 KiB of body"},
      {Get("/" + std::string(200 * kKiB, 'l')), {414}, "a request line of 200 KiB"},
      {Get("/", Padding(300 * kKiB)), {431}, "a request with 300 KiB of headers"},
      {Request("POST", "/", "Transfer-Encoding: chunked\r\n", "10000\r\n" + body), {400, 405, 411, 501}, "chunks"},
  };
  for (const auto& ask : asks) {
    auto& client = server.Connect();
    if (!Expect(server, client, ask)) return;
    client.HalfClose();
    server.clients().WaitUntil([&] { return client.ended(); });
    if (client.reset()) {
      return FailServer(server, ask.what + " gets its reply and a proper end of the connection",
                        {.happened = "the connection was reset while the client was still sending"});
    }
    client.Close();
  }
}

}  // namespace
}  // namespace grader::checks::lab17
