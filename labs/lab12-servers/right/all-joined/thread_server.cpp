/* Nobody is detached: each thread is joined, those who still serve at the end as well. SIGTERM is an event like any
   other (signalfd), and ends the clients' recv by a shutdown of their sockets. stdout belongs to one thread at a time.
   How much a guest has said is published by a fence, when it has left. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std;

class Guest {
 public:
  Guest(int socket, mutex& output) : socket_(socket), output_(output), thread_([this] { Serve(); }) {}
  ~Guest() {
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
  }
  Guest(const Guest&) = delete;

  bool HasLeft() {
    if (!left_.load(memory_order_relaxed)) return false;
    atomic_thread_fence(memory_order_acquire);
    lock_guard<mutex> hold(output_);
    cout << "a guest has left after " << messages_ << " messages" << endl;
    return true;
  }

 private:
  void Serve() {
    vector<char> buffer(1024);
    ssize_t n;
    while ((n = recv(socket_, buffer.data(), buffer.size(), 0)) > 0) {
      {
        lock_guard<mutex> hold(output_);
        cout.write(buffer.data(), n) << '\n' << flush;
      }
      ++messages_;
      if (send(socket_, "OK\n", 3, MSG_NOSIGNAL) != 3) break;
    }
    shutdown(socket_, SHUT_RDWR);
    atomic_thread_fence(memory_order_release);
    left_.store(true, memory_order_relaxed);
  }

  int socket_;
  mutex& output_;
  long messages_ = 0;
  atomic<bool> left_{false};
  thread thread_;  // the last: it uses the others
};

static int ListenOn(const string& host, int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in a = {};
  a.sin_family = AF_INET;
  a.sin_port = htons(port);
  a.sin_addr.s_addr = inet_addr(host.c_str());
  if (bind(fd, (sockaddr*)&a, sizeof(a)) == -1) throw runtime_error("bind: " + string(strerror(errno)));
  if (listen(fd, 128) == -1) throw runtime_error("listen: " + string(strerror(errno)));
  socklen_t n = sizeof(a);
  getsockname(fd, (sockaddr*)&a, &n);
  cout << "listening on " << host << ":" << ntohs(a.sin_port) << endl;
  return fd;
}

static void Run(const string& host, int port) {
  mutex output;
  list<Guest> guests;
  const int listener = ListenOn(host, port);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  const int signals = signalfd(-1, &set, SFD_CLOEXEC);
  for (;;) {
    pollfd both[2] = {{listener, POLLIN, 0}, {signals, POLLIN, 0}};
    if (poll(both, 2, -1) == -1) continue;
    if (both[1].revents) return;
    const int fd = accept(listener, nullptr, nullptr);
    guests.remove_if([](Guest& guest) { return guest.HasLeft(); });
    if (fd >= 0) guests.emplace_back(fd, output);
  }
}

int main(int argc, char** argv) {
  int port = 8888;
  if (argc == 3) {
    char* rest;
    long p = strtol(argv[2], &rest, 10);
    port = (*argv[2] >= '0' && *argv[2] <= '9' && *rest == 0 && p <= 65535) ? int(p) : -1;
  }
  if ((argc != 1 && argc != 3) || port < 0) {
    fprintf(stderr, "usage: %s [host port]\n", argv[0]);
    return 2;
  }
  sigset_t set;  // before any thread is made: they inherit it
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigprocmask(SIG_BLOCK, &set, nullptr);
  try {
    Run(argc == 3 ? argv[1] : "0.0.0.0", port);
  } catch (exception& e) {
    cerr << e.what() << endl;
    return 1;
  }
  return 0;
}
