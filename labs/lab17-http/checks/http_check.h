// What the checks of this lab share: a server of a fresh folder, and requests to it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "grader/checks/server_vocabulary.h"
#include "reply.h"
#include "site.h"

namespace grader::checks::lab17 {

// "GET /path HTTP/1.1", Host and the empty line; headers are further lines, each with its \r\n.
std::string Get(std::string_view target, std::string_view headers = {});
std::string Head(std::string_view target);
std::string Request(std::string_view method, std::string_view target, std::string_view headers = {},
                    std::string_view body = {});

// As one would write it in a shell's printf, shortened: GET /a%20b HTTP/1.1\r\n
std::string Shown(std::string_view bytes);

// One request and what it must be answered with.
struct Ask {
  std::string request;
  std::set<int> statuses;
  std::string what = {};  // in words, where the bytes do not speak for themselves
};

class HttpCheck : public ServerRules {
 protected:
  Site& site();

  // Serving the site's folder. If it is false the check has failed.
  Server ServeSite();
  ServerOptions SiteOptions();
  Protocol HttpProtocol();

  // Takes the reply to what was said. Nothing: the check has failed.
  std::optional<Reply> Hear(Server& server, Client& client, Asked asked = Asked::kGet);

  // Says a request and takes the reply. Nothing: the check has failed.
  std::optional<Reply> AskFor(Server& server, Client& client, const std::string& request, Asked asked = Asked::kGet);

  // The request is answered with one of the statuses. False: the check has failed.
  bool Expect(Server& server, Client& client, const Ask& ask, std::optional<Reply>* reply = nullptr);

  // Each on a connection of its own, which is closed afterwards.
  void ExpectEach(const std::vector<Ask>& asks);

  // Asks for a file of the site and compares. False: the check has failed.
  bool ExpectFile(Server& server, Client& client, const std::string& path);
  bool CompareBody(Server& server, const Reply& reply, const std::string& what, const std::string& body);

 private:
  std::optional<Site> site_;
};

}  // namespace grader::checks::lab17
