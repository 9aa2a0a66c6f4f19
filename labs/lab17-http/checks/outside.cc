// Nothing outside the folder can be had.
#include <fmt/format.h>

#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

class OutsideCheck : public HttpCheck {
 protected:
  // None of the targets gets anything that is outside, and each gets one of the statuses.
  void KeepsInside(const std::vector<std::string>& targets, const std::set<int>& statuses) {
    auto server = ServeSite();
    if (!server) return;
    for (const auto& target : targets) {
      auto& client = server.Connect();
      const auto reply = AskFor(server, client, Get(target));
      if (!reply) return;
      const bool secret =
          client.heard().find(site().secret()) != std::string::npos || reply->body.find("root:") != std::string::npos;
      if (secret || !statuses.contains(reply->status)) {
        return FailServer(server, fmt::format("GET {} leads out of the folder, so it gets 400, 403 or 404", target),
                          {.happened = secret ? "it got the content of a file outside"
                                              : fmt::format("the status was {}", reply->status),
                           .facts = {"a file outside the folder: /site/secret.txt; the folder: /site/www"}});
      }
      client.Close();
    }
  }
};

LAB_CHECK_F(
    OutsideCheck, Safety, PathsLeadNowhereElse, .points = 3,
    .hint =
        "Decode once, resolve by realpath, and compare with the folder and a slash behind it. Searching for \"..\" "
        "in what was sent finds only the spellings you know.",
    .needs = {"Files.ServesFiles"}, .title = "no spelling of a path leads out of the folder") {
  const auto& folder = site().folder();
  KeepsInside({"/../secret.txt",
               "/%2e%2e/secret.txt",
               "/.%2E/secret.txt",
               "/..%2fsecret.txt",
               "/%2e%2e%2fsecret.txt",
               "/%2E%2E%2Fsecret.txt",
               folder + "/../../secret.txt",
               folder + "/%2e%2e/%2e%2e/secret.txt",
               folder + "/..%2f..%2fsecret.txt",
               "/./../secret.txt",
               "/.//..//secret.txt",
               "//../secret.txt",
               "//site/secret.txt",
               "/%2fsite%2fsecret.txt",
               "/%2f/site/secret.txt",
               "//etc/passwd",
               "/%2fetc%2fpasswd",
               "/../../../../../../etc/passwd",
               "/../../../../../../../../../../etc/passwd",
               "/../www-old/secret.txt",
               "/%2e%2e/www-old/secret.txt",
               "-old/secret.txt",
               "/..",
               "/../",
               "/%2e%2e",
               "../secret.txt",
               "/../secret.txt?name=x",
               "/index.html/../../secret.txt",
               "/%252e%252e/secret.txt",
               "/..%252fsecret.txt",
               "/%c0%ae%c0%ae/secret.txt",
               "/..%c0%afsecret.txt",
               "/..\\secret.txt",
               "/..%5csecret.txt",
               "/....//secret.txt",
               "/..;/secret.txt",
               "/.../secret.txt",
               "/%u002e%u002e/secret.txt"},
              {400, 403, 404});
}

LAB_CHECK_F(OutsideCheck, Safety, LinksLeadNowhereElse, .points = 3,
            .hint = "A symbolic link can lead anywhere. realpath tells where; or openat2 with RESOLVE_BENEATH.",
            .needs = {"Files.ServesFiles"}, .title = "no symbolic link leads out of the folder") {
  KeepsInside({"/outward", "/absolute", "/chain", "/door/secret.txt", "/door/../www-old/secret.txt",
               "/door/../secret.txt", "/%6futward", "/./chain"},
              {400, 403, 404});
}

LAB_CHECK_F(OutsideCheck, Safety, InwardPathsAreServedOr404, .points = 1,
            .hint = "A link or .. that stays inside may be served, or be called not found. It is no bad request.",
            .needs = {"Files.ServesFiles"}, .title = "links and .. that stay inside are served, or 404") {
  auto server = ServeSite();
  if (!server) return;
  const auto& inner = site().inner();
  const auto& folder = site().folder();
  for (const auto& [target, path] :
       std::vector<std::pair<std::string, std::string>>{{"/inward", inner},
                                                        {folder + "/../index.html", "/index.html"},
                                                        {folder + "/../" + inner.substr(1), inner}}) {
    auto& client = server.Connect();
    std::optional<Reply> reply;
    if (!Expect(server, client, {Get(target), {200, 404}, target}, &reply)) return;
    if (reply->status == 200 && !CompareBody(server, *reply, target, site().files().at(path))) return;
    client.Close();
  }
}

}  // namespace
}  // namespace grader::checks::lab17
