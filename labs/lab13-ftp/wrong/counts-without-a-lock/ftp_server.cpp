// A thread for each client, blocking calls, and shutdown(2) of all sockets to end them. A second upload of a name that
// is being written is refused.
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

using std::string;

static string root;
static std::mutex mutex;
static std::condition_variable all_gone;
static std::set<int> sockets;  // open ones, to be shut down at the end
static std::set<string> being_written;
static int sessions = 0;
static bool stopping = false;
static long commands = 0;  // obeyed so far
static std::atomic<int> next_temporary = 0;

static int Register(int fd) {
  if (fd < 0) return fd;
  const std::lock_guard lock(mutex);
  sockets.insert(fd);
  if (stopping) shutdown(fd, SHUT_RDWR);
  return fd;
}

static void Unregister(int& fd) {
  if (fd < 0) return;
  const std::lock_guard lock(mutex);
  sockets.erase(fd);
  close(fd);
  fd = -1;
}

static bool SendAll(int fd, const char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes += n;
    size -= static_cast<size_t>(n);
  }
  return true;
}

struct Session {
  int control = -1;
  int listener = -1;
  bool user = false;
  bool in = false;
  FILE* lines = nullptr;

  void Say(const string& text) { SendAll(control, (text + "\r\n").data(), text.size() + 2); }

  static bool Good(string& name) {
    if (!name.empty() && name[0] == '/') name.erase(0, 1);
    return !name.empty() && name[0] != '.' && name.find('/') == string::npos && name.find('\0') == string::npos;
  }

  // Only what lstat calls a regular file.
  static bool Regular(const string& name, struct stat& status) {
    return lstat((root + "/" + name).c_str(), &status) == 0 && S_ISREG(status.st_mode);
  }

  void Passive(bool extended) {
    Unregister(listener);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(control, reinterpret_cast<sockaddr*>(&address), &size);
    address.sin_port = 0;
    listener = Register(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener, 5) != 0) {
      Unregister(listener);
      return Say("421 no port");
    }
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    const int port = ntohs(address.sin_port);
    char text[100];
    if (extended) {
      snprintf(text, sizeof text, "229 Extended (|||%d|)", port);
    } else {
      unsigned char ip[4];
      memcpy(ip, &address.sin_addr, 4);
      snprintf(text, sizeof text, "227 Passive (%d,%d,%d,%d,%d,%d).", ip[0], ip[1], ip[2], ip[3], port >> 8,
               port & 255);
    }
    Say(text);
  }

  bool ControlThere() const {
    pollfd p{control, POLLRDHUP, 0};
    return poll(&p, 1, 0) == 0;
  }

  // Waits until the data connection can go on; false once the control connection is gone.
  bool Wait(int fd, short events) const {
    pollfd p[2] = {{fd, events, 0}, {control, POLLRDHUP, 0}};
    while (poll(p, 2, -1) < 0 && errno == EINTR) continue;
    return p[0].revents != 0;
  }

  int Accept() {
    if (!Wait(listener, POLLIN)) {
      Unregister(listener);
      return -1;
    }
    const int data = Register(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    Unregister(listener);
    return data;
  }

  void SendText(const string& text) {
    if (listener < 0) return Say("503 PASV first");
    Say("150 here it comes");
    int data = Accept();
    const bool sent = data >= 0 && SendAll(data, text.data(), text.size());
    Unregister(data);
    Say(sent ? "226 done" : "426 broken");
  }

  void List(bool details) {
    string text;
    DIR* folder = opendir(root.c_str());
    while (dirent* entry = folder ? readdir(folder) : nullptr) {
      struct stat status;
      if (entry->d_name[0] == '.' || !Regular(entry->d_name, status)) continue;
      if (details) text += "-rw-rw-rw-   1 owner    group " + std::to_string(status.st_size) + " Jan 01  2024 ";
      text += string(entry->d_name) + "\r\n";
    }
    if (folder) closedir(folder);
    SendText(text);
  }

  void Retr(string name) {
    struct stat status;
    if (!Good(name) || !Regular(name, status)) return Say("550 no");
    if (listener < 0) return Say("503 PASV first");
    const int file = open((root + "/" + name).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) return Say("550 no");
    Say("125 now");
    int data = Accept();
    bool good = data >= 0;
    std::vector<char> buffer(30000);
    ssize_t n = 0;
    while (good && (n = read(file, buffer.data(), buffer.size())) > 0) {
      for (ssize_t at = 0; good && at < n;) {
        good = Wait(data, POLLOUT);
        const ssize_t sent =
            good ? send(data, buffer.data() + at, static_cast<size_t>(n - at), MSG_NOSIGNAL | MSG_DONTWAIT) : -1;
        good = sent >= 0 || (good && errno == EAGAIN);
        if (sent > 0) at += sent;
      }
    }
    close(file);
    Unregister(data);
    Say(good && n == 0 ? "226 done" : "426 broken");
  }

  void Stor(string name) {
    struct stat status;
    const bool exists = Good(name) && lstat((root + "/" + name).c_str(), &status) == 0;
    if (!Good(name) || (exists && !S_ISREG(status.st_mode))) return Say("553 no");
    if (listener < 0) return Say("503 PASV first");
    {
      const std::lock_guard lock(mutex);
      if (!being_written.insert(name).second) return Say("450 somebody writes that file");
    }
    Say("150 ok");
    Receive(name);
    const std::lock_guard lock(mutex);
    being_written.erase(name);
  }

  void Receive(const string& name) {
    const string temporary = root + "/.t" + std::to_string(next_temporary++);
    FILE* const file = fopen(temporary.c_str(), "wbe");
    int data = Accept();
    ssize_t n = -1;
    bool written = file != nullptr;
    char buffer[20000];
    while (data >= 0 && (n = recv(data, buffer, sizeof buffer, 0)) > 0) {
      written = written && fwrite(buffer, 1, static_cast<size_t>(n), file) == static_cast<size_t>(n);
    }
    bool whole = n == 0 && ControlThere();
    {
      const std::lock_guard lock(mutex);
      if (stopping) whole = false;
    }
    Unregister(data);
    if (file != nullptr) written = fclose(file) == 0 && written;
    if (whole && written && rename(temporary.c_str(), (root + "/" + name).c_str()) == 0) return Say("226 stored");
    unlink(temporary.c_str());
    Say(whole ? "451 disk" : "426 broken");
  }

  bool Obey(const string& line) {
    ++commands;
    const size_t blank = line.find(' ');
    const string verb = line.substr(0, blank);
    const string argument = blank == string::npos ? "" : line.substr(blank + 1);
    if (verb == "QUIT") {
      Say("221 bye");
      return false;
    }
    if (verb == "USER") {
      user = argument == "anonymous" || argument == "ftp";
      in = false;
      Say(user ? "331 password?" : "530 no");
    } else if (verb == "PASS") {
      in = user;
      Say(in ? "230 in" : "530 USER first");
    } else if (verb == "NOOP") {
      Say("200 ok");
    } else if (verb == "SYST") {
      Say("215 UNIX Type: L8");
    } else if (verb == "FEAT") {
      Say("211 no features");
    } else if (!in) {
      Say("530 USER and PASS first");
    } else if (verb == "TYPE") {
      const bool known = !argument.empty() && strchr("AIL", argument[0]) != nullptr;
      Say(known ? "200 ok" : "504 no");
    } else if (verb == "PASV" || verb == "EPSV") {
      Passive(verb == "EPSV");
    } else if (verb == "NLST" || verb == "LIST") {
      List(verb == "LIST");
    } else if (verb == "SIZE") {
      string name = argument;
      struct stat status;
      Say(Good(name) && Regular(name, status) ? "213 " + std::to_string(status.st_size) : "550 no");
    } else if (verb == "RETR") {
      Retr(argument);
    } else if (verb == "STOR") {
      Stor(argument);
    } else {
      Say("500 what?");
    }
    return true;
  }

  void Run() {
    Say("220 hello");
    string line;
    char c;
    // Byte by byte out of a buffer of the C library's.
    lines = fdopen(dup(control), "r");
    while (lines != nullptr && fread(&c, 1, 1, lines) == 1) {
      if (c != '\n') {
        if (line.size() < 5000) line += c;
        continue;
      }
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!Obey(line)) break;
      line.clear();
    }
    if (lines != nullptr) fclose(lines);
    Unregister(listener);
    Unregister(control);
    const std::lock_guard lock(mutex);
    if (--sessions == 0) all_gone.notify_all();
  }
};

static void AcceptAll(int listener) {
  while (true) {
    const int control = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    {
      const std::lock_guard lock(mutex);
      if (stopping) {
        close(control);
        return;
      }
      if (control < 0) continue;
      ++sessions;
    }
    Register(control);
    std::thread([control] {
      Session session;
      session.control = control;
      session.Run();
    }).detach();
  }
}

int main(int argc, char** argv) {
  string host = "0.0.0.0";
  long port = 2121;
  root = "./files";
  if (argc == 4) {
    host = argv[1];
    char* end;
    port = strtol(argv[2], &end, 10);
    if (*argv[2] < '0' || *argv[2] > '9' || *end != '\0' || port < 0 || port > 65535) argc = 0;
    root = argv[3];
  }
  if (argc != 1 && argc != 4) {
    fprintf(stderr, "usage: ftp_server [host port dir]\n");
    return 2;
  }
  struct stat status;
  if (stat(root.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    perror(root.c_str());
    return 1;
  }
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGXFSZ, SIG_IGN);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) {
    fprintf(stderr, "ftp_server: no such address: %s\n", host.c_str());
    return 1;
  }
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(listener, 128) != 0) {
    perror("bind");
    return 1;
  }
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  printf("listening on %s:%d\n", host.c_str(), ntohs(address.sin_port));
  fflush(stdout);
  std::thread acceptor(AcceptAll, listener);
  int signal = 0;
  sigwait(&ends, &signal);
  std::unique_lock lock(mutex);
  stopping = true;
  shutdown(listener, SHUT_RDWR);
  for (const int fd : sockets) shutdown(fd, SHUT_RDWR);
  lock.unlock();
  acceptor.join();
  lock.lock();
  all_gone.wait(lock, [] { return sessions == 0; });
  return 0;
}
