// An HTTP server in C++20 coroutines over an edge-triggered epoll: the life of a client is written down in one piece.
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <coroutine>
#include <csignal>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace fs = std::filesystem;

// Runs at once until it first waits, and destroys itself at its end.
struct Life {
  struct promise_type {
    Life get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

template <typename T>
struct Task {
  struct promise_type {
    std::optional<T> value;
    std::exception_ptr error;
    std::coroutine_handle<> next;
    Task get_return_object() { return Task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    auto final_suspend() noexcept {
      struct Onward {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> done) noexcept {
          return done.promise().next;
        }
        void await_resume() noexcept {}
      };
      return Onward{};
    }
    void return_value(T result) { value = std::move(result); }
    void unhandled_exception() { error = std::current_exception(); }
  };
  explicit Task(std::coroutine_handle<promise_type> h) : handle(h) {}
  Task(Task&& other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
  ~Task() {
    if (handle) handle.destroy();
  }
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
    handle.promise().next = caller;
    return handle;
  }
  T await_resume() {
    if (handle.promise().error) std::rethrow_exception(handle.promise().error);
    return std::move(*handle.promise().value);
  }
  std::coroutine_handle<promise_type> handle;
};

struct Gone {};  // the client is
struct Refused {
  int status;
};

struct Waiter {
  std::coroutine_handle<> who;
};

// What one waits for is any event on its socket: with edge trigger one tries again and waits again.
struct Event {
  Waiter& waiter;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { waiter.who = h; }
  void await_resume() {}
};

struct Wire {
  explicit Wire(int socket) : fd(socket) {}
  ~Wire() { close(fd); }
  Wire(const Wire&) = delete;

  // Another piece; false at the end.
  Task<bool> More() {
    char bytes[20000];
    for (;;) {
      const ssize_t n = read(fd, bytes, sizeof bytes);
      if (n > 0) buffer.append(bytes, static_cast<std::size_t>(n));
      if (n >= 0) co_return n > 0;
      if (errno != EAGAIN) throw Gone{};
      co_await Event{waiter};
    }
  }

  Task<bool> Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n >= 0) bytes.remove_prefix(static_cast<std::size_t>(n));
      if (n >= 0) continue;
      if (errno != EAGAIN) throw Gone{};
      co_await Event{waiter};
    }
    co_return true;
  }

  int fd;
  Waiter waiter;
  std::string buffer;
};

using Pairs = std::multimap<std::string, std::string>;
struct Request {
  std::string method, path;
  Pairs query, headers;
  bool keep_alive = true;
  std::size_t length = 0;
};
struct Reply {
  int status = 200;
  std::string type = "text/plain; charset=utf-8", body, extra = {};
};

std::string Unquote(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    unsigned value = 0;
    const char* from = text.data() + i + 1;
    if (i + 3 > text.size()) throw Refused{400};
    const auto [to, error] = std::from_chars(from, from + 2, value, 16);
    if (error != std::errc{} || to != from + 2 || value == 0) throw Refused{400};
    plain += static_cast<char>(value);
    i += 2;
  }
  return plain;
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Path and query of a target.
void SplitTarget(Request& request, std::string target) {
  if (target.empty() || target[0] != '/') throw Refused{400};
  std::string query;
  if (const auto at = target.find('?'); at != target.npos) {
    query = target.substr(at + 1);
    target.resize(at);
  }
  request.path = Unquote(target);
  std::replace(query.begin(), query.end(), '+', ' ');
  std::istringstream pairs(query);
  for (std::string pair; std::getline(pairs, pair, '&');) {
    const auto at = std::min(pair.find('='), pair.size());
    request.query.emplace(Unquote(pair.substr(0, at)), Unquote(pair.substr(std::min(at + 1, pair.size()))));
  }
}

// What the headers say about the connection and the body.
void ApplyHeaders(Request& request, char minor) {
  const auto all = [&](const std::string& name) {
    std::vector<std::string> values;
    for (auto [at, end] = request.headers.equal_range(name); at != end; ++at) values.push_back(at->second);
    return values;
  };
  if (all("host").size() != 1 && (minor != '0' || all("host").size() > 1)) throw Refused{400};
  if (!all("transfer-encoding").empty()) throw Refused{501};
  std::string options;
  for (const auto& value : all("connection")) options += Lower(value) + ',';
  request.keep_alive =
      minor == '0' ? options.find("keep-alive") != options.npos : options.find("close") == options.npos;
  const auto lengths = all("content-length");
  if (lengths.empty()) return;
  if (lengths.size() > 1 || lengths[0].empty() || lengths[0].find_first_not_of("0123456789") != std::string::npos) {
    throw Refused{400};
  }
  const auto digits = lengths[0].substr(std::min(lengths[0].find_first_not_of('0'), lengths[0].size() - 1));
  if (digits.size() > 8 || std::stoul(digits) > 16 * 1024 * 1024) throw Refused{413};
  request.length = std::stoul(digits);
}

Task<std::string> Line(Wire& wire, std::size_t most, int status) {
  std::size_t from = 0;
  for (;;) {
    const auto end = wire.buffer.find('\n', from);
    if (end == std::string::npos ? wire.buffer.size() > most : end > most) throw Refused{status};
    if (end != std::string::npos) {
      std::string line = wire.buffer.substr(0, end);
      wire.buffer.erase(0, end + 1);
      if (!line.empty() && line.back() == '\r') line.pop_back();
      co_return line;
    }
    from = wire.buffer.size();
    if (!co_await wire.More()) throw Gone{};
  }
}

Task<Request> Read(Wire& wire) {
  std::string line;
  do {
    line = co_await Line(wire, 10'000, 414);
  } while (line.empty());
  Request request;
  std::size_t size = 0;
  bool bad = false;
  for (;;) {
    const std::string header = co_await Line(wire, 100'000, 431);
    if (header.empty()) break;
    if ((size += header.size()) > 100'000) throw Refused{431};
    const auto colon = header.find(':');
    bad |= colon == 0 || header.find_first_of(" \t") < colon || colon == header.npos;
    if (bad) continue;
    auto value = header.substr(colon + 1);
    value.erase(0, std::min(value.find_first_not_of(" \t"), value.size()));
    value.erase(value.find_last_not_of(" \t") + 1);
    request.headers.emplace(Lower(header.substr(0, colon)), value);
  }
  std::istringstream words(line);
  std::string target, version, rest;
  if (!(words >> request.method >> target >> version) || words >> rest) throw Refused{400};
  if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || version[6] != '.' || !std::isdigit(version[5]) ||
      !std::isdigit(version[7])) {
    throw Refused{400};
  }
  if (version[5] != '1') throw Refused{505};
  if (bad) throw Refused{400};
  ApplyHeaders(request, version[7]);
  SplitTarget(request, target);
  co_return request;
}

class HTTPServer {
 public:
  using Handler = std::function<Reply(const Request&)>;

  HTTPServer(const std::string& host, const std::string& port, const fs::path& folder)
      : host_(host), root_(fs::canonical(folder)), epoll_(epoll_create1(0)) {
    if (!fs::is_directory(root_))
      throw fs::filesystem_error("dir", root_, std::make_error_code(std::errc::not_a_directory));
    addrinfo hints{}, *found = nullptr;
    hints.ai_flags = AI_PASSIVE;
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found))
      throw std::runtime_error(gai_strerror(error));
    listening_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const int on = 1;
    setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const bool fails = bind(listening_, found->ai_addr, found->ai_addrlen) == -1 || listen(listening_, 4096) == -1;
    freeaddrinfo(found);
    if (fails) throw std::system_error(errno, std::generic_category(), "bind or listen");
  }

  void handle(const std::string& path, Handler handler) { handlers_[path] = std::move(handler); }

  void serve_forever() {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    std::cout << "listening on " << host_ << ':' << ntohs(address.sin_port) << std::endl;
    Waiter accepting;
    Register(listening_, accepting);
    AcceptAll(accepting);
    for (epoll_event events[32];;) {
      const int n = epoll_wait(epoll_, events, 32, -1);
      for (int i = 0; i < n; ++i) {
        auto* waiter = static_cast<Waiter*>(events[i].data.ptr);
        if (waiter->who) std::exchange(waiter->who, nullptr).resume();
      }
    }
  }

 private:
  void Register(int fd, Waiter& waiter) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &waiter;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event))
      throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }

  Life AcceptAll(Waiter& accepting) {
    for (;;) {
      const int fd = accept4(listening_, nullptr, nullptr, SOCK_NONBLOCK);
      if (fd >= 0) Serve(fd);
      if (fd < 0) co_await Event{accepting};
    }
  }

  Life Serve(int fd) {
    Wire wire(fd);
    Register(fd, wire.waiter);
    try {
      while (co_await One(wire)) continue;
      shutdown(fd, SHUT_WR);
      do {
        wire.buffer.clear();
      } while (co_await wire.More());
    } catch (const Gone&) {
    }
  }

  // Whether another one may follow.
  Task<bool> One(Wire& wire) {
    bool keep_alive = false, head_only = false;
    Reply reply;
    const File* file = nullptr;
    std::optional<File> found;
    try {
      const Request request = co_await Read(wire);
      for (std::size_t left = request.length; left > 0;) {
        if (wire.buffer.empty() && !co_await wire.More()) throw Gone{};
        const auto part = std::min(left, wire.buffer.size());
        wire.buffer.erase(0, part);
        left -= part;
      }
      keep_alive = request.keep_alive;
      head_only = request.method == "HEAD";
      if (request.method != "GET" && !head_only) {
        reply = {405, "text/plain", "GET and HEAD only\n", "Allow: GET,HEAD\r\n"};
      } else if ((found = Open(request.path))) {
        file = &*found;
        reply.type = file->type;
      } else if (const auto handler = handlers_.find(request.path); handler != handlers_.end()) {
        reply = handler->second(request);
      } else {
        reply = {404, "text/html", "<p>There is no such thing.</p>", ""};
      }
    } catch (const Refused& refused) {
      reply = {refused.status, "text/plain", "refused\n", ""};
    }
    std::ostringstream head;
    head << "HTTP/1.1 " << reply.status << " -\r\nContent-Type: " << reply.type
         << "\r\nContent-Length: " << (file ? file->bytes.size() : reply.body.size()) << "\r\n"
         << reply.extra << (keep_alive ? "" : "Connection: close\r\n") << "\r\n";
    const std::string head_bytes = head.str();
    const std::string_view body = file ? file->bytes : std::string_view(reply.body);
    co_await wire.Send(head_bytes);
    if (!head_only) co_await wire.Send(body);
    co_return keep_alive;
  }

  // A file in memory, mapped.
  struct File {
    std::string_view bytes;
    std::string type;
    File(std::string_view b, std::string t) : bytes(b), type(std::move(t)) {}
    File(File&& other) noexcept : bytes(std::exchange(other.bytes, {})), type(std::move(other.type)) {}
    File& operator=(File&& other) noexcept {
      std::swap(bytes, other.bytes);
      std::swap(type, other.type);
      return *this;
    }
    ~File() {
      if (!bytes.empty()) munmap(const_cast<char*>(bytes.data()), bytes.size());
    }
  };

  std::optional<File> Open(const std::string& path) const {
    std::error_code error;
    const fs::path wanted = root_ / (path == "/" ? "index.html" : fs::path(path).relative_path());
    const fs::path real = fs::canonical(wanted, error);
    const auto [root_end, rest] = std::mismatch(root_.begin(), root_.end(), real.begin(), real.end());
    if (error || root_end != root_.end() || !fs::is_regular_file(real, error)) return std::nullopt;
    static const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
                                                          {".css", "text/css; charset=utf-8"},
                                                          {".js", "application/javascript"},
                                                          {".txt", "text/plain; charset=utf-8"},
                                                          {".png", "image/png"},
                                                          {".jpg", "image/jpeg"}};
    const auto type = types.find(real.extension());
    const std::string name = type == types.end() ? "application/octet-stream" : type->second;
    const int fd = open(real.c_str(), O_RDONLY | O_NONBLOCK);
    if (fd < 0) return std::nullopt;
    const auto size = fs::file_size(real, error);
    void* bytes = size > 0 ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : nullptr;
    close(fd);
    if (bytes == MAP_FAILED) return std::nullopt;
    return File({static_cast<const char*>(bytes), size}, name);
  }

  std::string host_;
  fs::path root_;
  int epoll_, listening_ = -1;
  std::map<std::string, Handler> handlers_;
};

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) words = {"0.0.0.0", "8000", "./static"};
  static const std::regex number("[0-9]{1,5}");
  if (words.size() != 3 || !std::regex_match(words[1], number) || std::stoi(words[1]) > 65535) {
    std::cerr << "usage: http_server [host port dir]\n";
    return 2;
  }
  std::signal(SIGTERM, [](int) { _exit(0); });
  try {
    HTTPServer server(words[0], words[1], words[2]);
    server.handle("/time", [](const Request&) {
      const std::time_t now = std::time(nullptr);
      char text[20];
      std::strftime(text, sizeof text, "%F %T", std::gmtime(&now));
      return Reply{.body = text};
    });
    server.handle("/hello", [](const Request& request) {
      const auto name = request.query.find("name");
      return Reply{.body = "Hello, " + (name == request.query.end() ? "world" : name->second) + "!"};
    });
    server.serve_forever();
  } catch (const std::exception& error) {
    std::cerr << "http_server: " << error.what() << '\n';
    return 1;
  }
}
