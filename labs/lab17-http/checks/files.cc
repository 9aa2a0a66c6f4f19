// Files: GET and HEAD, types and lengths, percent-decoding.
#include <fmt/format.h>

#include <algorithm>

#include "grader/clients/curl.h"
#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

LAB_CHECK_F(HttpCheck, Files, ServesFiles, .points = 3, .hint = "open, fstat for the length, then read and send.",
            .title = "files come as they are, and / is index.html") {
  auto server = ServeSite();
  if (!server) return;
  for (const auto& [path, content] : site().files()) {
    if (path.find('%') != std::string::npos) continue;  // has a check of its own
    auto& client = server.Connect();
    if (!ExpectFile(server, client, path)) return;
    client.Close();
  }
  std::optional<Reply> reply;
  if (!Expect(server, server.Connect(), {Get("/"), {200}, "/"}, &reply)) return;
  CompareBody(server, *reply, "/, which is index.html,", site().files().at("/index.html"));
}

LAB_CHECK_F(HttpCheck, Files, WorkWithLibcurl, .points = 1,
            .hint = "`curl -v http://127.0.0.1:8000/` shows what is said, and what curl did not like.",
            .needs = {"Files.ServesFiles"},
            .title = "the library that curl is made of gets pages, over a connection that is kept") {
  auto server = ServeSite();
  if (!server) return;
  clients::Curl curl(server.clients());
  const auto url = fmt::format("http://127.0.0.1:{}", server.port());
  long connections = 0;
  for (const auto& [path, content] : site().files()) {
    const auto reply = curl.Do({.url = url + path});
    connections += reply.connections;
    if (reply.done && reply.status == 200 && reply.body == content) continue;
    return FailServer(server, "libcurl gets " + path,
                      {.happened = !reply.done           ? "it says: " + reply.trouble
                                   : reply.status != 200 ? fmt::format("the status was {}", reply.status)
                                                         : "what it got is not the file"});
  }
  const auto missing = curl.Do({.url = url + "/no/such/page", .head = true});
  if (!missing.done || missing.status != 404) {
    return FailServer(
        server, "libcurl hears 404 to a HEAD for what is not there",
        {.happened = missing.done ? fmt::format("the status was {}", missing.status) : "it says: " + missing.trouble});
  }
  if (connections == 1) return;
  FailServer(server, "libcurl needs one connection for all of it",
             {.happened = fmt::format("it had to make {}", connections)});
}

LAB_CHECK_F(HttpCheck, Files, ServesBigFiles, .points = 2,
            .hint = "send may take less than you give it: send until all has gone.", .needs = {"Files.ServesFiles"},
            .title = "a file of 12 MiB comes whole") {
  const auto big = site().AddBig(random());
  auto server = ServeSite();
  if (!server) return;
  auto& client = server.Connect();
  if (ExpectFile(server, client, big)) ExpectFile(server, client, "/index.html");
}

std::vector<std::string> TypesOf(const std::string& path) {
  if (path.ends_with(".html")) return {"text/html"};
  if (path.ends_with(".css")) return {"text/css"};
  if (path.ends_with(".js")) return {"text/javascript", "application/javascript"};
  if (path.ends_with(".txt")) return {"text/plain"};
  if (path.ends_with(".png")) return {"image/png"};
  if (path.ends_with(".jpg")) return {"image/jpeg"};
  return {"application/octet-stream"};
}

LAB_CHECK_F(HttpCheck, Files, TellsTypes, .points = 2,
            .hint = "The ending of the name tells the type. / is an HTML page.", .needs = {"Files.ServesFiles"},
            .title = "Content-Type is that of the name's ending") {
  auto server = ServeSite();
  if (!server) return;
  auto paths = site().files();
  paths["/"] = "";
  for (const auto& [path, content] : paths) {
    auto& client = server.Connect();
    std::optional<Reply> reply;
    if (!Expect(server, client, {Get(path), {200}, path}, &reply)) return;
    const auto types = TypesOf(path == "/" ? "/index.html" : path);
    if (std::ranges::find(types, reply->Type()) == types.end()) {
      return FailServer(server, path + " is of the type " + types.front(),
                        {.happened = "Content-Type is \"" + reply->Header("content-type").value_or("") + '"'});
    }
    client.Close();
  }
}

LAB_CHECK_F(HttpCheck, Files, TellsLengths, .points = 1, .hint = "Content-Length counts the bytes of the body.",
            .needs = {"Files.ServesFiles"}, .title = "files come with their Content-Length") {
  auto server = ServeSite();
  if (!server) return;
  for (const auto& [path, content] : site().files()) {
    auto& client = server.Connect();
    const auto reply = AskFor(server, client, Get(path));
    if (!reply) return;
    if (!reply->Header("content-length")) {
      return FailServer(server, "the reply with " + path + " has a Content-Length", {.happened = "it has none"});
    }
    client.Close();
  }
}

LAB_CHECK_F(HttpCheck, Files, HeadHasNoBody, .points = 3,
            .hint = "The same headers as for GET, with the length that the body would have, and then nothing.",
            .needs = {"Files.ServesFiles"}, .title = "HEAD gets the headers of GET, and no body") {
  auto server = ServeSite();
  if (!server) return;
  auto& client = server.Connect();
  for (const auto& [path, content] : site().files()) {
    const auto reply = AskFor(server, client, Head(path), Asked::kHead);
    if (!reply) return;
    const auto length = reply->Header("content-length").value_or("");
    if (reply->status != 200 || length != std::to_string(content.size())) {
      return FailServer(server, fmt::format("HEAD {} gets 200 and Content-Length: {}", path, content.size()),
                        {.happened = fmt::format("the status was {}, Content-Length \"{}\"", reply->status, length)});
    }
    if (!Settle(server)) return;
    if (!client.unread().empty()) {
      return FailServer(server, "nothing follows the headers of a reply to HEAD",
                        {.happened = Count(client.unread().size(), "byte", "bytes") + " followed"});
    }
  }
  // Nor if there is no such file, or handler.
  for (const auto& path : {"/" + random().Name(), site().folder(), std::string("/hello?name=x")}) {
    auto& other = server.Connect();
    if (!AskFor(server, other, Head(path), Asked::kHead) || !Settle(server)) return;
    if (other.unread().empty()) continue;
    return FailServer(server, "nothing follows the headers of a reply to HEAD, whatever its status",
                      {.happened = Count(other.unread().size(), "byte", "bytes") + " followed"}, {&other});
  }
}

LAB_CHECK_F(HttpCheck, Files, DecodesPaths, .points = 2,
            .hint = "Decode %XX once. A + in a path is a plus; it is a space in queries only.",
            .needs = {"Files.ServesFiles"}, .title = "paths are percent-decoded") {
  auto server = ServeSite();
  if (!server) return;
  auto& client = server.Connect();
  for (const auto& [path, content] : site().files()) {
    const bool decoded = path.find_first_of("%+") != std::string::npos;
    if (decoded && !ExpectFile(server, client, path)) return;
  }
  const auto& inner = site().inner();
  std::string encoded;
  for (const char c : inner) encoded += c == '/' ? "/" : fmt::format("%{:02X}", static_cast<int>(c));
  std::optional<Reply> reply;
  if (!Expect(server, client, {Get(encoded), {200}, inner + ", all encoded,"}, &reply)) return;
  CompareBody(server, *reply, inner, site().files().at(inner));
}

LAB_CHECK_F(HttpCheck, Files, UnknownIsNotFound, .points = 2, .hint = "fstat tells directories from files: S_ISREG.",
            .needs = {"Files.ServesFiles"}, .title = "what is no file and no data is 404, directories as well") {
  const auto name = random().Name();
  ExpectEach({{Get("/" + name), {404}, "a path that is nothing"},
              {Get("/" + name + ".html?name=x"), {404}, "a path that is nothing"},
              {Get(site().folder()), {404}, "a directory"},
              {Get(site().folder() + "/"), {404}, "a directory"},
              {Get(site().folder() + "/" + name), {404}, "a path that is nothing"},
              {Get("/index.html/" + name), {404}, "a path below a file"},
              {Get("/hello/" + name), {404}, "a path below a handler's"},
              {Get("/hello" + name), {404}, "a path that begins like a handler's"}});
}

}  // namespace
}  // namespace grader::checks::lab17
