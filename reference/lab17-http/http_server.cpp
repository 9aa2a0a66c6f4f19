// http_server [host port dir]: files, and data that handlers make, by HTTP/1.1 (lab 17).
#include "http_server.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <exception>
#include <string>
#include <vector>

namespace {

lab::Response Time(const lab::Request&) {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  std::array<char, 32> text;
  return {.body = std::string(text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts))};
}

lab::Response Hello(const lab::Request& request) {
  const auto name = request.query.find("name");
  return {.body = "Hello, " + (name == request.query.end() ? "world" : name->second) + '!'};
}

void Serve(const std::vector<std::string>& words) {
  if (!words.empty() && words.size() != 3) throw lab::UsageError{};
  const auto place = words.empty() ? std::vector<std::string>{"0.0.0.0", "8000", "./static"} : words;
  lab::HTTPServer server(place[0], lab::ParsePort(place[1]), place[2]);
  server.handle("/time", Time);
  server.handle("/hello", Hello);
  server.serve_forever();
}

}  // namespace

int main(int argc, char* argv[]) {
  try {
    Serve({argv + 1, argv + argc});
    return 0;
  } catch (const lab::UsageError&) {
    std::fputs("usage: http_server [host port dir]\n", stderr);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "http_server: %s\n", error.what());
    return 1;
  }
}
