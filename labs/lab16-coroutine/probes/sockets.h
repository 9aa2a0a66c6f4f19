// Scenes with sockets.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "tasks.h"

namespace driver {

struct Pair {
  Pair() {
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) ::_exit(97);
  }
  ~Pair() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;
  int ends[2];
};

inline std::string Received(int fd, std::size_t most = 100, int flags = 0) {
  std::string bytes(most, '\0');
  errno = 0;
  const ssize_t size = gevent::recv(fd, bytes.data(), most, flags);
  if (size < 0) return std::string(std::strerror(errno));
  return bytes.substr(0, static_cast<std::size_t>(size));
}
inline std::string Sent(int fd, const std::string& bytes) {
  errno = 0;
  const ssize_t size = gevent::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  return size < 0 ? std::string(std::strerror(errno)) : std::to_string(size);
}

// talk WORD WORD: one waits for bytes that another one sends later; main waits, too.
inline void Talk(Words words) {
  Pair pair;
  const auto hears = gevent::spawn([&] {
    Say("waits");
    Say("heard " + Received(pair.ends[0]));
    Sent(pair.ends[0], words[1]);
  });
  const auto speaks = gevent::spawn([&] {
    gevent::sleep(2ms);
    Say("speaks");
    Say("sent " + Sent(pair.ends[1], words[0]));
  });
  Say("main heard " + Received(pair.ends[1]));
  gevent::joinall({hears, speaks});
}

// A task that goes on until it is told to end.
struct Lasting {
  bool may_end = false;
  gevent::TaskHandle task = gevent::spawn([this] {
    while (!may_end) gevent::sleep(1ms);
  });
};

// outlasts WORD: who waited for a task in vain does something else when that one ends.
inline void Outlasts(Words words) {
  Lasting first;
  Say(gevent::joinall({first.task}, 3ms) ? "true" : "false");
  first.may_end = true;
  const auto begin = Clock::now();
  gevent::sleep(40ms);
  Say(Clock::now() - begin < 40ms ? "sleeps too short" : "sleeps");
  Say(first.task->dead() ? "it has ended" : "it lives");

  Lasting second;
  Pair pair;
  const auto speaks = gevent::spawn([&] {
    second.task->get();
    gevent::sleep(2ms);
    Sent(pair.ends[1], words[0]);
  });
  gevent::joinall({second.task}, 3ms);
  second.may_end = true;
  Say("hears " + Received(pair.ends[0]));
  gevent::joinall({speaks});

  // Their stacks are free when it ends, and others may stand on them.
  Lasting third;
  Tasks tasks;
  for (int i = 0; i < 20; ++i) {
    tasks.push_back(gevent::spawn([&] { gevent::joinall({third.task}, 1ms); }));
  }
  gevent::joinall(tasks);
  int changed = 0;
  for (auto& task : tasks) {
    task = gevent::spawn([&] {
      std::array<volatile unsigned char, 4096> mine;
      for (auto& byte : mine) byte = 0xa5;
      third.may_end = true;
      third.task->get();
      for (const auto& byte : mine) changed += byte == 0xa5 ? 0 : 1;
    });
  }
  gevent::joinall(tasks);
  Say(std::to_string(changed) + " bytes changed");
}

// bulk BYTES: much more than a socket takes at once, in both directions of one pair.
inline void Bulk(Words words) {
  Pair pair;
  const std::size_t size = std::stoul(words[0]);
  const auto sends = [&](int fd) {
    return gevent::spawn([&, fd] { Say("sent " + Sent(fd, std::string(size, 'x'))); });
  };
  std::array<std::size_t, 2> heard{};
  const auto hears = [&](std::size_t i) {
    return gevent::spawn([&, i] {
      while (heard[i] < size) {
        const auto bytes = Received(pair.ends[i], 5000);
        if (bytes.empty()) break;
        heard[i] += bytes.size();
      }
    });
  };
  gevent::joinall({sends(pair.ends[0]), sends(pair.ends[1]), hears(0), hears(1)});
  Say("heard " + std::to_string(heard[0]) + " and " + std::to_string(heard[1]));
}

// waiters COUNT: several wait for one descriptor; each gets one byte.
inline void Waiters(Words words) {
  Pair pair;
  Tasks tasks;
  const int count = std::stoi(words[0]);
  for (int i = 0; i < count; ++i) tasks.push_back(gevent::spawn([&] { Say("heard " + Received(pair.ends[0], 1)); }));
  gevent::sleep(1ms);
  for (int i = 0; i < count; ++i) {
    Sent(pair.ends[1], "y");
    gevent::sleep(1ms);
  }
  gevent::joinall(tasks);
  Say("all");
}

inline sockaddr_in Loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

// Bound to a port that the kernel chose.
inline sockaddr_in Bind(int fd) {
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0) ::_exit(97);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return address;
}

inline std::string Connected(int fd, const sockaddr_in& address) {
  errno = 0;
  const int result = gevent::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return result == 0 ? "connected" : std::strerror(errno);
}

// meet CLIENTS: one task accepts, others connect.
inline void Meet(Words words) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = Bind(listener);
  ::listen(listener, 100);
  const int clients = std::stoi(words[0]);
  Tasks tasks;
  tasks.push_back(gevent::spawn([&] {
    for (int i = 0; i < clients; ++i) {
      sockaddr_in peer{};
      socklen_t size = sizeof peer;
      const int client = gevent::accept(listener, reinterpret_cast<sockaddr*>(&peer), &size);
      if (client < 0 || size != sizeof peer || peer.sin_addr.s_addr != htonl(INADDR_LOOPBACK)) Say("a strange client");
      tasks.push_back(gevent::spawn([client] {
        Sent(client, Received(client));
        ::close(client);
      }));
    }
  }));
  for (int i = 0; i < clients; ++i) {
    tasks.push_back(gevent::spawn([&, i] {
      gevent::sleep(i % 2 == 0 ? 1ms : 0ms);
      const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      std::string told = Connected(fd, address);
      Sent(fd, "client " + std::to_string(i));
      told += " " + Received(fd);
      Say(told + (Received(fd).empty() ? ", closed" : ", open"));
      ::close(fd);
    }));
  }
  for (std::size_t i = 0; i < tasks.size(); ++i) tasks[i]->get();
}

// A task that will run once and leaves its own errno, before a call that waits or gives way returns.
inline void Meddle() {
  gevent::spawn([] { errno = ERANGE; });
}

// failures: results and errno of the calls of the same name, while others run.
inline void Failures(Words) {
  Meddle();
  Say(Received(-1));
  Meddle();
  Say(Sent(-1, "a"));
  Pair pair;
  ::shutdown(pair.ends[0], SHUT_WR);
  Say("end of file: " + Received(pair.ends[1]));
  ::shutdown(pair.ends[0], SHUT_RD);
  Meddle();
  Say(Sent(pair.ends[1], "a"));
  const int unused = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in nobody = Bind(unused);
  ::close(unused);
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  Meddle();
  Say(Connected(fd, nobody));
  Meddle();
  errno = 0;
  const int accepted = gevent::accept(fd, nullptr, nullptr);
  Say(accepted == -1 ? std::strerror(errno) : "accepted");
  ::close(fd);
  Pair quiet;
  Meddle();
  Say(Received(quiet.ends[0], 10, MSG_DONTWAIT));
  Sent(quiet.ends[1], "b");
  Say("looks at " + Received(quiet.ends[0], 10, MSG_PEEK));
  Say("takes " + Received(quiet.ends[0]));
  const std::string much(3'000'000, 'x');
  const auto leaves = gevent::spawn([&] {
    Received(quiet.ends[0], 5000);
    ::close(std::exchange(quiet.ends[0], -1));
  });
  Say(Sent(quiet.ends[1], much) == std::to_string(much.size()) ? "sent all" : "sent less");
  gevent::joinall({leaves});
}

// Calls of one name, on and on, none of which has to wait.
class Endless {
 public:
  explicit Endless(std::string call) : call_(std::move(call)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;  // and no path: the kernel finds a name
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address.sun_family);
    ::listen(listener_, 1);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address_), &size_);
  }
  ~Endless() { ::close(listener_); }
  Endless(const Endless&) = delete;
  Endless& operator=(const Endless&) = delete;

  void Once() {
    char byte = 'x';
    if (call_ == "send") {
      gevent::send(pair_.ends[0], &byte, 1);
      ::recv(pair_.ends[1], &byte, 1, 0);
    } else if (call_ == "recv") {
      ::send(pair_.ends[1], &byte, 1, 0);
      gevent::recv(pair_.ends[0], &byte, 1);
    } else {
      Connect();
    }
  }

 private:
  void Connect() {
    const auto* const address = reinterpret_cast<const sockaddr*>(&address_);
    const int client = ::socket(AF_UNIX, SOCK_STREAM, 0);
    int served = -1;
    if (call_ == "accept") {
      ::connect(client, address, size_);
      served = gevent::accept(listener_, nullptr, nullptr);
    } else {
      gevent::connect(client, address, size_);
      served = ::accept(listener_, nullptr, nullptr);
    }
    ::close(served);
    ::close(client);
  }

  std::string call_;
  Pair pair_;
  int listener_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address_{};
  socklen_t size_ = sizeof address_;
};

// greedy CALL: a task whose calls never need to wait, until others have had their turns.
inline void Greedy(Words words) {
  Endless endless(words[0]);
  Pair other;
  bool ready = false;
  bool timer = false;
  bool descriptor = false;
  gevent::spawn([&] {
    Received(other.ends[0]);
    descriptor = true;
  });
  gevent::spawn([&] {
    gevent::sleep(1ms);
    timer = true;
  });
  const auto greedy = gevent::spawn([&] {
    ::send(other.ends[1], "z", 1, 0);
    gevent::spawn([&] { ready = true; });
    constexpr int kPatience = 2'000;  // turns, and until the timer is due for long
    const auto overdue = Clock::now() + 50ms;
    for (int turn = 0; !(ready && timer && descriptor); ++turn) {
      if (turn > kPatience && Clock::now() > overdue) break;
      endless.Once();
    }
    Say(std::string(ready ? "ready" : "not ready") + (timer ? ", timer" : ", no timer") +
        (descriptor ? ", descriptor" : ", no descriptor"));
  });
  greedy->get();
}

// idle MILLISECONDS: main, a task that sleeps, and one that waits for bytes.
inline void Idle(Words words) {
  const std::chrono::milliseconds duration(std::stoi(words[0]));
  Pair pair;
  const auto hears = gevent::spawn([&] { Say("heard " + Received(pair.ends[0])); });
  const auto sleeps = gevent::spawn([&] {
    gevent::sleep(duration);
    Sent(pair.ends[1], "x");
  });
  gevent::joinall({hears, sleeps});
}

}  // namespace driver
