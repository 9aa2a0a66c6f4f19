// What server and client both need: owned descriptors, failed calls, arguments, lines.
#pragma once

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace lab {

// Arguments that do not fit.
struct UsageError {};

// Throws the error of the system call that has just failed.
[[noreturn]] inline void Fail(const std::string& call) {
  throw std::system_error(errno, std::generic_category(), call);
}

// A descriptor with one owner, who closes it.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int number) : number_(number) {}
  Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) {
      Close();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  ~Fd() { Close(); }

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  void Close() {
    if (number_ >= 0) close(std::exchange(number_, -1));
  }

 private:
  int number_ = -1;
};

inline void PrintError(const std::string& line) {
  const std::string whole = line + '\n';
  if (write(STDERR_FILENO, whole.data(), whole.size()) == -1) return;  // nobody left to tell
}

inline std::uint16_t ParsePort(std::string_view text) {
  unsigned number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number > 65535) throw UsageError{};
  return static_cast<std::uint16_t>(number);
}

// The IPv4 address of a host that is given as a name or in dots.
inline sockaddr_storage Resolve(const std::string& host, std::uint16_t port, socklen_t& size) {
  addrinfo wanted{};
  wanted.ai_family = AF_INET;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
  if (error != 0) throw std::runtime_error("getaddrinfo " + host + ": " + gai_strerror(error));
  sockaddr_storage address{};
  size = found->ai_addrlen;
  std::char_traits<char>::copy(reinterpret_cast<char*>(&address), reinterpret_cast<const char*>(found->ai_addr), size);
  freeaddrinfo(found);
  return address;
}

// Takes the first line, without its end (\n or \r\n), out of what has been received.
inline std::optional<std::string> TakeLine(std::string& received) {
  const auto end = received.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = received.substr(0, end);
  received.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace lab
