// What an HTTP server sends back, as bytes and as a reply (RFC 9112).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grader::checks::lab17 {

struct Reply {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;

  // The first of that name, which is in lower case.
  std::optional<std::string> Header(std::string_view name) const;
  std::string Type() const;  // in lower case, without parameters; empty if it has none
  bool SaysClose() const;
};

// A reply read off the front of what was heard.
struct ReplyRead {
  enum class State { kPartial, kWhole, kBroken };
  State state = State::kPartial;
  Reply reply = {};
  std::size_t used = 0;    // bytes, if whole
  std::string fault = {};  // if broken: what is wrong with it
};

// What a reply is an answer to: one to HEAD has no body.
enum class Asked { kGet, kHead };

// ended: no more will come. Interim replies (1xx) are passed over.
ReplyRead ReadReply(std::string_view bytes, Asked asked, bool ended);

std::string Lower(std::string_view text);

}  // namespace grader::checks::lab17
