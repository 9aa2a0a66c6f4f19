// http_server [host port dir]: files, and data that handlers make, by HTTP/1.1 (lab 17).
#include "http_server.hpp"

#include <cstdio>
#include <exception>

namespace {

Response Time(const Request&) {
  // TODO: YYYY-MM-DD HH:MM:SS
  return {.status = 404, .body = ""};
}

Response Hello(const Request&) {
  // TODO: Hello, X!
  return {.status = 404, .body = ""};
}

}  // namespace

int main() {
  try {
    // TODO: [host port dir] instead of these, all or none; the usage, and status 2, if they do not fit.
    HTTPServer server("0.0.0.0", 8000, "./static");
    server.handle("/time", Time);
    server.handle("/hello", Hello);
    server.serve_forever();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "http_server: %s\n", error.what());
    return 1;
  }
}
