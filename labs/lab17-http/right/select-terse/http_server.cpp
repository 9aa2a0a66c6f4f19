// An HTTP server with select that says as little as it may: no links, no "..", errors end the connection.
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

using std::string;

namespace {

int wake[2];  // SIGTERM writes here

void OnTerm(int) {
  if (write(wake[1], "x", 1) == -1) _exit(0);
}

struct Http {
  string method, path, query, version;
  std::multimap<string, string> headers;
};

[[noreturn]] void Reject(int status) { throw status; }

string Unescape(const string& text) {
  static const std::regex bad("%(?![0-9a-fA-F]{2})|%00");
  if (text.find('%') == string::npos) return text;
  if (std::regex_search(text, bad)) Reject(400);
  string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    plain += text[i] == '%' ? static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)) : text[i];
    if (text[i] == '%') i += 2;
  }
  return plain;
}

string Time(const string&) {
  char text[64];
  const std::time_t now = std::time(nullptr);
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S\n", std::localtime(&now));
  return text;
}

string Hello(const string& query) {
  for (std::size_t at = 0; at < query.size();) {
    const auto end = std::min(query.find('&', at), query.size());
    string pair = query.substr(at, end - at);
    if (pair.rfind("name=", 0) == 0) {
      pair.erase(0, 5);
      std::replace(pair.begin(), pair.end(), '+', ' ');
      return "Hello, " + Unescape(pair) + "!";
    }
    at = end + 1;
  }
  return "Hello, world!";
}

class Client {
 public:
  std::function<string(const Http&, string&)> answer;  // the body; fills in the type
  string in, out;
  std::size_t pass = 0;
  bool last = false, over = false, quiet = false;

  void Take(const char* bytes, std::size_t size) {
    if (!last) in.append(bytes, size);
    Work();
  }

  void Work() {
    while (!last && out.empty()) {
      const auto part = std::min(pass, in.size());
      in.erase(0, part);
      pass -= part;
      if (pass > 0) return;
      while (!in.empty() && (in[0] == '\r' || in[0] == '\n')) in.erase(0, 1);
      const auto line = in.find("\r\n");
      const auto end = in.find("\r\n\r\n");
      if (std::min(line, in.size()) > 8192) return Error(414);
      if (end == string::npos && in.size() < 100'000) return;
      if (std::min(end, in.size()) >= 100'000) return Error(431);
      string head = in.substr(0, end + 2);
      in.erase(0, end + 4);
      head_only_ = head.rfind("HEAD ", 0) == 0;
      try {
        Reply(Parse(head));
      } catch (int status) {
        Error(status);
      }
    }
  }

 private:
  static Http Parse(string& head) {
    Http http;
    std::size_t at = head.find("\r\n");
    const string line = head.substr(0, at);
    const auto space = line.find(' ');
    const auto last = line.rfind(' ');
    if (space == string::npos || last == space || line.substr(last + 1).rfind("HTTP/", 0) != 0) Reject(400);
    http.method = line.substr(0, space);
    const string target = line.substr(space + 1, last - space - 1);
    http.version = line.substr(last + 6);
    if (http.version.size() != 3 || http.version[1] != '.' || !isdigit(http.version[0]) || !isdigit(http.version[2])) {
      Reject(400);
    }
    if (http.version[0] != '1') Reject(505);
    const auto question = std::min(target.find('?'), target.size());
    http.path = target.substr(0, question);
    http.query = target.substr(std::min(question + 1, target.size()));
    for (at += 2; at < head.size();) {
      const auto end = head.find("\r\n", at);
      const string header = head.substr(at, end - at);
      const auto colon = header.find(':');
      if (colon == string::npos || colon == 0) Reject(400);
      string name = header.substr(0, colon), value = header.substr(colon + 1);
      for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      value.erase(0, std::min(value.find_first_not_of(" \t"), value.size()));
      while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.pop_back();
      http.headers.emplace(name, value);
      at = end + 2;
    }
    return http;
  }

  void Reply(const Http& http) {
    const auto hosts = http.headers.count("HOST");
    if (hosts > 1 || (hosts == 0 && http.version != "1.0")) Reject(400);
    if (http.headers.count("TRANSFER-ENCODING")) Reject(411);
    if (http.headers.count("CONTENT-LENGTH") > 1) Reject(400);
    if (const auto length = http.headers.find("CONTENT-LENGTH"); length != http.headers.end()) {
      const string& text = length->second;
      if (text.empty() || !std::all_of(text.begin(), text.end(), [](unsigned char c) { return isdigit(c); }))
        Reject(400);
      if (text.size() > 8 || std::stol(text) > 16 << 20) Reject(413);
      pass = static_cast<std::size_t>(std::stol(text));
    }
    last = http.version == "1.0";  // keep-alive is for 1.1
    for (auto [at, end] = http.headers.equal_range("CONNECTION"); at != end; ++at) {
      last = last || strcasestr(at->second.c_str(), "close");
    }
    if (http.method != "GET" && http.method != "HEAD") Reject(405);
    string type = "text/plain; charset=utf-8";
    const string body = answer(http, type);
    out = "HTTP/1.1 200 OK\r\ncontent-length:" + std::to_string(body.size()) + "\r\ncontent-type:" + type + "\r\n" +
          (last ? "connection:close\r\n" : "") + "\r\n" + (head_only_ ? "" : body);
  }

  // No length: the end of the connection ends it.
  void Error(int status) {
    last = true;
    out = "HTTP/1.1 " + std::to_string(status) + " No\r\nConnection: close\r\nContent-Type: text/plain\r\n" +
          (status == 405 ? "Allow: HEAD\r\nAllow: GET\r\n" : "") + "\r\n" + (head_only_ ? "" : "no\n");
  }

  bool head_only_ = false;
};

class HTTPServer {
 public:
  HTTPServer(string host, int port, const string& folder) : host_(std::move(host)) {
    root_ = open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root_ == -1) Die(folder.c_str());
    listening_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const int on = 1;
    setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (inet_pton(AF_INET, host_.c_str(), &address.sin_addr) != 1) errno = EINVAL, Die(host_.c_str());
    if (bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address)) Die("bind");
    if (listen(listening_, 300)) Die("listen");
    socklen_t size = sizeof address;
    getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    std::printf("listening on %s:%d\n", host_.c_str(), ntohs(address.sin_port));
    std::fflush(stdout);
  }

  void handle(const string& path, string (*handler)(const string&)) { handlers_[path] = handler; }

  void serve_forever() {
    for (;;) {
      fd_set readable, writable;
      FD_ZERO(&readable);
      FD_ZERO(&writable);
      FD_SET(wake[0], &readable);
      if (clients_.size() < 900) FD_SET(listening_, &readable);
      for (auto& [fd, client] : clients_) FD_SET(fd, client.out.empty() ? &readable : &writable);
      const int top = std::max(clients_.empty() ? 0 : clients_.rbegin()->first, std::max(wake[0], listening_));
      if (select(top + 1, &readable, &writable, nullptr, nullptr) == -1) continue;
      if (FD_ISSET(wake[0], &readable)) return;
      for (auto at = clients_.begin(); at != clients_.end();) {
        auto& [fd, client] = *at;
        if (FD_ISSET(fd, &readable)) Read(fd, client);
        if (FD_ISSET(fd, &writable) || !client.out.empty()) Write(fd, client);
        if (client.over) close(fd);
        at = client.over ? clients_.erase(at) : std::next(at);
      }
      if (FD_ISSET(listening_, &readable)) Accept();
    }
  }

 private:
  [[noreturn]] static void Die(const char* what) {
    std::perror(what);
    std::exit(1);
  }

  void Accept() {
    const int fd = accept4(listening_, nullptr, nullptr, SOCK_NONBLOCK);
    if (fd == -1) return;
    clients_[fd].answer = [this](const Http& http, string& type) { return Answer(http, type); };
  }

  static void Read(int fd, Client& client) {
    static char bytes[1 << 16];
    const ssize_t n = read(fd, bytes, sizeof bytes);
    if (n > 0) client.Take(bytes, static_cast<std::size_t>(n));
    if (n == 0 || (n < 0 && errno != EAGAIN)) client.over = true;
  }

  static void Write(int fd, Client& client) {
    while (!client.out.empty()) {
      const ssize_t n = send(fd, client.out.data(), client.out.size(), MSG_NOSIGNAL);
      if (n == -1) {
        client.over = client.over || errno != EAGAIN;
        return;
      }
      client.out.erase(0, static_cast<std::size_t>(n));
      if (client.out.empty()) client.Work();
    }
    if (client.last && !client.quiet) shutdown(fd, SHUT_WR);
    client.quiet = client.last;
  }

  string Answer(const Http& http, string& type) {
    const string path = Unescape(http.path);
    if (path.empty() || path[0] != '/') Reject(400);
    Unescape(http.query);
    if (const auto handler = handlers_.find(path); handler != handlers_.end()) return handler->second(http.query);
    return File(path, type);
  }

  // Goes down name by name, and follows nothing.
  string File(const string& path, string& type) const {
    std::vector<string> names;
    string name;
    for (const char c : (path == "/" ? "/index.html" : path).substr(1) + "/") {
      if (c != '/') name += c;
      if (c == '/') names.push_back(std::exchange(name, ""));
    }
    int at = dup(root_);
    for (std::size_t i = 0; i < names.size() && at != -1; ++i) {
      const bool odd = names[i].empty() || names[i] == "." || names[i] == "..";
      const int flags = i + 1 < names.size() ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK;
      const int next = odd ? -1 : openat(at, names[i].c_str(), flags | O_NOFOLLOW);
      close(at);
      at = next;
    }
    struct stat about {};
    if (at == -1 || fstat(at, &about) == -1 || !S_ISREG(about.st_mode)) {
      if (at != -1) close(at);
      Reject(404);
    }
    string bytes(static_cast<std::size_t>(about.st_size), '\0');
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(0, read(at, bytes.data(), bytes.size()))));
    close(at);
    type = TypeOf(names.back());
    return bytes;
  }

  static string TypeOf(const string& name) {
    static const std::map<string, string> types{{"html", "text/html"}, {"css", "text/css"},  {"js", "text/javascript"},
                                                {"txt", "text/plain"}, {"png", "image/png"}, {"jpg", "image/jpeg"}};
    const auto type = types.find(name.substr(name.rfind('.') + 1));
    return type == types.end() ? "application/octet-stream" : type->second;
  }

  string host_;
  int root_ = -1, listening_ = -1;
  std::map<int, Client> clients_;
  std::map<string, string (*)(const string&)> handlers_;
};

int Usage() {
  std::fprintf(stderr, "usage: %s [host port dir]\n", "http_server");
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  string port = "8000";
  if (argc != 1 && argc != 4) return Usage();
  if (argc == 4) port = argv[2];
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != string::npos) return Usage();
  if (std::stoi(port) > 65535) return Usage();
  if (pipe(wake) == -1) return 1;
  std::signal(SIGTERM, OnTerm);
  HTTPServer server(argc == 4 ? argv[1] : "0.0.0.0", std::stoi(port), argc == 4 ? argv[3] : "./static");
  server.handle("/time", Time);
  server.handle("/hello", Hello);
  server.serve_forever();
  return 0;
}
