// What there is to be had: files, and data that handlers make.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "documents.h"
#include "request.h"

namespace lab {

using Handler = std::function<Response(const Request&)>;

class Site {
 public:
  explicit Site(const std::string& folder) : documents_(folder) {}

  // Requests for a path that is no file are answered by its handler.
  void Handle(std::string path, Handler handler) { handlers_[std::move(path)] = std::move(handler); }

  Response Answer(const Request& request) const {
    if (request.method != "GET" && request.method != "HEAD") return ErrorPage(405);
    if (auto file = documents_.Find(request.path)) return std::move(*file);
    const auto handler = handlers_.find(request.path);
    return handler == handlers_.end() ? ErrorPage(404) : handler->second(request);
  }

 private:
  Documents documents_;
  std::map<std::string, Handler> handlers_;
};

}  // namespace lab
