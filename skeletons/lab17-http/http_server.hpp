// HTTPServer (lab 17). The handout, labs/lab17-http/README.md, says what it must do.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

struct Request {
  std::string method;
  std::string path;  // decoded
  std::map<std::string, std::string> query;
};

struct Response {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
};

class HTTPServer {
 public:
  using Handler = std::function<Response(const Request&)>;

  HTTPServer(std::string host, std::uint16_t port, std::string dir)
      : host_(std::move(host)), port_(port), dir_(std::move(dir)) {
    // TODO: is dir a directory? Then socket, bind, listen: non-blocking.
  }

  // Requests for a path that is no file are answered by its handler.
  void handle(std::string path, Handler handler) { handlers_[std::move(path)] = std::move(handler); }

  // Serves until SIGTERM.
  void serve_forever() {
    // TODO: print where it listens, then wait (select, poll or epoll) and do what can be done without waiting, for
    // ever. What does a client need to be remembered with? What ends the loop?
    throw std::runtime_error("serve_forever is not written yet");
  }

 private:
  std::string host_;
  std::uint16_t port_;
  std::string dir_;
  std::map<std::string, Handler> handlers_;
};
