#include "grader/clients/curl.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <system_error>

namespace grader::clients {
namespace {

using std::chrono::milliseconds;

struct EndEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct EndMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct EndList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, EndList>;

// One transfer's bytes, and whether any have moved.
struct Transfer {
  std::string body;
  std::string_view unsent;
  bool moved = false;
};

std::size_t TakeBody(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& transfer = *static_cast<Transfer*>(to);
  transfer.body.append(bytes, size * count);
  transfer.moved = true;
  return size * count;
}

std::size_t GiveBody(char* bytes, std::size_t size, std::size_t count, void* from) {
  auto& transfer = *static_cast<Transfer*>(from);
  const auto given = transfer.unsent.copy(bytes, size * count);
  transfer.unsent.remove_prefix(given);
  transfer.moved = true;
  return given;
}

// What libcurl tells of its doings is how we know that it does something.
int NoteDoings(CURL* /*easy*/, curl_infotype /*type*/, char* /*bytes*/, std::size_t /*size*/, void* to) {
  static_cast<Transfer*>(to)->moved = true;
  return 0;
}

curl_socket_t SocketInside(void* run, curlsocktype /*purpose*/, curl_sockaddr* address) {
  try {
    return static_cast<observe::Run*>(run)->Socket(address->family, SOCK_STREAM).Release();
  } catch (const std::system_error&) {
    return CURL_SOCKET_BAD;  // everything inside is dead
  }
}

List MakeList(const std::vector<std::string>& lines) {
  curl_slist* list = nullptr;
  for (const auto& line : lines) list = curl_slist_append(list, line.c_str());
  return List(list);
}

}  // namespace

struct Curl::Handles {
  std::unique_ptr<CURLM, EndMulti> multi{curl_multi_init()};
  std::unique_ptr<CURL, EndEasy> easy{curl_easy_init()};
};

Curl::Curl(Clients& clients) : clients_(clients), handles_(std::make_unique<Handles>()) {
  if (!handles_->multi || !handles_->easy) throw std::runtime_error("libcurl cannot be used");
}

Curl::~Curl() = default;

CurlReply Curl::Do(const CurlRequest& request) {
  CURL* const easy = handles_->easy.get();
  CURLM* const multi = handles_->multi.get();
  Transfer transfer;
  transfer.unsent = request.upload;
  const List headers = MakeList(request.headers);
  curl_easy_reset(easy);
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,ftp");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // The last resort; what will never come is proved not to, long before.
  curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, 60L);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, SocketInside);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &clients_.run());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, TakeBody);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, NoteDoings);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(easy, CURLOPT_NOBODY, request.head ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_DIRLISTONLY, request.names_only ? 1L : 0L);
  if (headers) curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  if (request.uploads) {
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, GiveBody);
    curl_easy_setopt(easy, CURLOPT_READDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.upload.size()));
  }
  std::array<char, CURL_ERROR_SIZE> error{};
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error.data());

  curl_multi_add_handle(multi, easy);
  std::optional<CURLcode> result;
  const auto beside = [&] {
    transfer.moved = false;
    int running = 0;
    curl_multi_perform(multi, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg == CURLMSG_DONE) result = message->data.result;
    }
    return transfer.moved || result.has_value();
  };
  const Waited waited = clients_.WaitUntil([&] { return result.has_value(); }, Clients::kPatience, beside);
  CurlReply reply;
  reply.done = result == CURLE_OK;
  if (!result) {
    reply.trouble = waited == Waited::kEnded ? "the server ended" : "what it waited for never came";
  } else if (!reply.done) {
    reply.trouble = error[0] != '\0' ? std::string(error.data()) : curl_easy_strerror(*result);
  }
  char* type = nullptr;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply.status);
  curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &reply.connections);
  curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
  if (type != nullptr) reply.type = type;
  reply.body = std::move(transfer.body);
  curl_multi_remove_handle(multi, easy);
  return reply;
}

}  // namespace grader::clients
