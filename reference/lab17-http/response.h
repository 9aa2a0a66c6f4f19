// A reply, before it is bytes.
#pragma once

#include <string>

#include "basics.h"

namespace lab {

struct Response {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body = {};      // unless it is a file:
  Fd file = {};               // its bytes are the body
  std::size_t file_size = 0;  // so many

  std::size_t Length() const { return file ? file_size : body.size(); }
};

inline const char* ReasonOf(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Error";
  }
}

inline Response ErrorPage(int status) {
  return {.status = status, .body = std::to_string(status) + ' ' + ReasonOf(status) + '\n'};
}

// Status line and headers.
inline std::string HeadOf(const Response& response, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + ' ' + ReasonOf(response.status);
  head += "\r\nContent-Type: " + response.type + "\r\nContent-Length: " + std::to_string(response.Length());
  if (response.status == 405) head += "\r\nAllow: GET, HEAD";
  head += keep_alive ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
  return head;
}

}  // namespace lab
