// One process, one thread, one epoll: each session is a state that events move on. O_TMPFILE needs no cleaning up.
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>

using std::string;

static int loop;
static int folder;

enum class Job { kNone, kText, kFile, kUpload };

struct Session {
  int control = -1;
  int listener = -1;
  int data = -1;
  int file = -1;
  Job job = Job::kNone;
  string in, out, text, name;
  bool user = false, in_session = false, quitting = false, gone = false;
};

static std::map<int, Session*> owner;  // of each descriptor
static std::map<Session*, std::unique_ptr<Session>> sessions;

static void Watch(Session* session, int fd, unsigned events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  if (epoll_ctl(loop, EPOLL_CTL_MOD, fd, &event) != 0) epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event);
  owner[fd] = session;
}

static void Drop(int& fd) {
  if (fd < 0) return;
  owner.erase(fd);
  close(fd);
  fd = -1;
}

static void Say(Session& session, const string& line) { session.out += line + "\r\n"; }

static void Finish(Session& session, const string& reply) {
  Drop(session.data);
  Drop(session.listener);
  if (session.file >= 0) close(session.file);
  session.file = -1;
  session.job = Job::kNone;
  Say(session, reply);
}

static bool Plain(string& name) {
  if (name.compare(0, 1, "/") == 0) name.erase(0, 1);
  return !name.empty() && name[0] != '.' && name.find('/') == string::npos && name.find('\0') == string::npos;
}

static int OpenRegular(const string& name, off_t* size = nullptr) {
  const int fd = openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  if (fd < 0) return -1;
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(fd);
    return -1;
  }
  if (size != nullptr) *size = status.st_size;
  return fd;
}

static void Passive(Session& session, bool extended) {
  Drop(session.listener);
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(session.control, reinterpret_cast<sockaddr*>(&address), &size);
  address.sin_port = 0;
  session.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (bind(session.listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(session.listener, 1) != 0) {
    Drop(session.listener);
    return Say(session, "421 no port");
  }
  getsockname(session.listener, reinterpret_cast<sockaddr*>(&address), &size);
  const int port = ntohs(address.sin_port);
  if (extended) return Say(session, "229 (|||" + std::to_string(port) + "|)");
  string ip = inet_ntoa(address.sin_addr);
  for (char& c : ip) c = c == '.' ? ',' : c;
  Say(session, "227 =" + ip + "," + std::to_string(port >> 8) + "," + std::to_string(port & 255));
}

static string List(bool details) {
  string text;
  const int again = openat(folder, ".", O_RDONLY | O_CLOEXEC);
  DIR* entries = fdopendir(again);
  while (dirent* entry = readdir(entries)) {
    off_t size = 0;
    if (entry->d_name[0] == '.') continue;
    const int fd = OpenRegular(entry->d_name, &size);
    if (fd < 0) continue;
    close(fd);
    if (details) text += "-r--r--r-- 1 0 0 " + std::to_string(size) + " Feb  3 04:05 ";
    text += entry->d_name;
    text += "\r\n";
  }
  closedir(entries);
  return text;
}

static void Begin(Session& session, Job job) {
  if (session.listener < 0) return Finish(session, "425 PASV first");
  session.job = job;
  Say(session, "150 begins");
  Watch(&session, session.listener, EPOLLIN);
}

static void Stor(Session& session) {
  struct stat status;
  const bool exists = Plain(session.name) && fstatat(folder, session.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
  if (!Plain(session.name) || (exists && !S_ISREG(status.st_mode))) return Say(session, "553 no");
  session.file = openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644);
  if (session.file < 0) return Say(session, "451 no room");
  Begin(session, Job::kUpload);
}

// Gives the nameless file its name, by way of a hidden one: linkat(2) does not replace, rename(2) does.
static bool Commit(Session& session) {
  static int number = 0;
  const string temporary = ".new" + std::to_string(number++);
  const string self = "/proc/self/fd/" + std::to_string(session.file);
  if (linkat(AT_FDCWD, self.c_str(), folder, temporary.c_str(), AT_SYMLINK_FOLLOW) != 0) return false;
  return renameat(folder, temporary.c_str(), folder, session.name.c_str()) == 0;
}

static void Obey(Session& session, const string& line) {
  const size_t blank = line.find(' ');
  const string verb = line.substr(0, blank);
  session.name = blank == string::npos ? "" : line.substr(blank + 1);
  if (verb == "USER") {
    session.in_session = false;
    session.user = session.name == "ftp" || session.name == "anonymous";
    return Say(session, session.user ? "331 go on" : "530 no");
  }
  if (verb == "PASS") {
    session.in_session = session.user;
    return Say(session, session.user ? "230 in" : "503 who?");
  }
  if (verb == "QUIT") {
    session.quitting = true;
    return Say(session, "221 bye");
  }
  if (verb == "NOOP") return Say(session, "200 fine");
  if (verb == "SYST") return Say(session, "215 UNIX Type: L8");
  if (verb == "FEAT") return Say(session, "211-These:\r\n SIZE\r\n PASV\r\n EPSV\r\n211 those");
  static const char* const known[] = {"TYPE", "PASV", "EPSV", "NLST", "LIST", "SIZE", "RETR", "STOR"};
  bool found = false;
  for (const char* each : known) found = found || verb == each;
  if (!found) return Say(session, "500 unknown");
  if (!session.in_session) return Say(session, "530 log in");
  if (verb == "TYPE") {
    return Say(session, session.name.find_first_of("AIL") == 0 ? "200 fine" : "504 A, I or L");
  }
  if (verb == "PASV" || verb == "EPSV") return Passive(session, verb == "EPSV");
  if (verb == "NLST" || verb == "LIST") {
    session.text = List(verb == "LIST");
    return Begin(session, Job::kText);
  }
  if (verb == "STOR") return Stor(session);
  off_t size = 0;
  const int file = Plain(session.name) ? OpenRegular(session.name, &size) : -1;
  if (file < 0) return Say(session, "550 no such file");
  if (verb == "SIZE") {
    close(file);
    return Say(session, "213 " + std::to_string(size));
  }
  session.file = file;
  Begin(session, Job::kFile);
}

static void MoveData(Session& session) {
  if (session.job == Job::kText) {
    const ssize_t sent = send(session.data, session.text.data(), session.text.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return Finish(session, "426 broken");
    if (sent > 0) session.text.erase(0, static_cast<size_t>(sent));
    if (session.text.empty()) Finish(session, "226 done");
  } else if (session.job == Job::kFile) {
    const ssize_t sent = sendfile(session.data, session.file, nullptr, 1 << 18);
    if (sent < 0 && errno != EAGAIN) return Finish(session, "426 broken");
    if (sent == 0) Finish(session, "226 done");
  } else {
    static char buffer[1 << 17];
    const ssize_t got = recv(session.data, buffer, sizeof buffer, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got < 0) return Finish(session, "426 broken");
    if (got == 0) {
      Drop(session.data);
      return Finish(session, Commit(session) ? "226 stored" : "451 cannot");
    }
    for (ssize_t at = 0; at < got;) {
      const ssize_t written = write(session.file, buffer + at, static_cast<size_t>(got - at));
      if (written < 0) return Finish(session, "452 no room");
      at += written;
    }
  }
}

// Commands wait while a transfer goes on, and so does whoever never reads what we say.
static void Advance(Session& session) {
  while (session.job == Job::kNone && !session.quitting && session.out.size() < 65536) {
    const size_t end = session.in.find('\n');
    if (end == string::npos) break;
    string line = session.in.substr(0, end);
    session.in.erase(0, end + 1);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    Obey(session, line);
  }
  if (session.in.size() > 100'000 && session.in.find('\n') == string::npos) session.gone = true;
  const ssize_t sent = send(session.control, session.out.data(), session.out.size(), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) session.gone = true;
  if (sent > 0) session.out.erase(0, static_cast<size_t>(sent));
  if (session.quitting && session.out.empty()) session.gone = true;
  const bool reads = session.in.size() < 200'000 && session.out.size() < 65536;
  Watch(&session, session.control, EPOLLRDHUP | (reads ? EPOLLIN : 0u) | (session.out.empty() ? 0u : EPOLLOUT));
}

static void OnControl(Session& session, unsigned events) {
  if (events & EPOLLIN) {
    char buffer[8192];
    const ssize_t got = recv(session.control, buffer, sizeof buffer, 0);
    if (got > 0) session.in.append(buffer, static_cast<size_t>(got));
    if (got == 0 || (got < 0 && errno != EAGAIN)) session.gone = true;
  }
  const bool hangs_up = (events & (EPOLLRDHUP | EPOLLERR | EPOLLHUP)) != 0;
  if (hangs_up && (session.job != Job::kNone || !(events & EPOLLIN))) session.gone = true;
}

static void OnEvent(int fd, unsigned events) {
  const auto found = owner.find(fd);
  if (found == owner.end()) return;
  Session& session = *found->second;
  if (fd == session.control) {
    OnControl(session, events);
  } else if (fd == session.listener) {
    session.data = accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    Drop(session.listener);
    if (session.data >= 0) Watch(&session, session.data, session.job == Job::kUpload ? EPOLLIN : EPOLLOUT);
    if (session.data < 0) Finish(session, "425 it is gone");
  } else {
    MoveData(session);
  }
  if (!session.gone) Advance(session);
  if (!session.gone) return;
  Drop(session.control);
  Drop(session.listener);
  Drop(session.data);
  if (session.file >= 0) close(session.file);
  sessions.erase(&session);
}

static int Usage() {
  fprintf(stderr, "usage: ftp_server [host port dir]\n");
  return 2;
}

int main(int argc, char** argv) {
  if (argc != 1 && argc != 4) return Usage();
  const string host = argc == 4 ? argv[1] : "0.0.0.0";
  const string port = argc == 4 ? argv[2] : "2121";
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != string::npos) return Usage();
  if (atoi(port.c_str()) > 65535) return Usage();
  folder = open(argc == 4 ? argv[3] : "./files", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return perror("ftp_server: open"), 1;
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  sigprocmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGXFSZ, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  loop = epoll_create1(EPOLL_CLOEXEC);
  const int end = signalfd(-1, &ends, SFD_CLOEXEC);
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(atoi(port.c_str())));
  if (inet_aton(host.c_str(), &address.sin_addr) == 0) return fprintf(stderr, "ftp_server: bad host\n"), 1;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return perror("ftp_server: bind"), 1;
  if (listen(listener, 200) != 0) return perror("ftp_server: listen"), 1;
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  printf("listening on %s:%d\n", host.c_str(), ntohs(address.sin_port));
  fflush(stdout);
  for (const int fd : {end, listener}) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event);
  }
  while (true) {
    epoll_event events[64];
    const int count = epoll_wait(loop, events, 64, -1);
    for (int i = 0; i < count; ++i) {
      if (events[i].data.fd == end) return 0;
      if (events[i].data.fd != listener) {
        OnEvent(events[i].data.fd, events[i].events);
        continue;
      }
      const int control = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (control < 0) continue;
      auto session = std::make_unique<Session>();
      session->control = control;
      Say(*session, "220 welcome");
      Session& here = *session;
      sessions[&here] = std::move(session);
      Watch(&here, control, EPOLLIN | EPOLLRDHUP);
      Advance(here);
    }
  }
}
