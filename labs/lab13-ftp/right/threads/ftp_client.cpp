// With FILE streams, EPSV and NLST; what is fetched is kept in memory until all of it is there.
#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

using std::string;

static string host;
static FILE* from_server;
static int control;

static int Connect(const string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return -1;
  int fd = -1;
  for (addrinfo* each = found; each != nullptr && fd < 0; each = each->ai_next) {
    fd = socket(each->ai_family, SOCK_STREAM, 0);
    if (connect(fd, each->ai_addr, each->ai_addrlen) != 0) {
      close(fd);
      fd = -1;
    }
  }
  freeaddrinfo(found);
  return fd;
}

static string Reply() {
  char line[2000];
  string code;
  while (fgets(line, sizeof line, from_server) != nullptr) {
    line[strcspn(line, "\r\n")] = '\0';
    if (code.empty()) {
      if (strlen(line) > 3 && line[3] == '-') code = string(line, 3) + " ";
      if (code.empty()) return line;
    } else if (strncmp(line, code.c_str(), 4) == 0) {
      return line;
    }
  }
  printf("the server is gone\n");
  exit(1);
}

static string Ask(const string& command) {
  const string line = command + "\r\n";
  if (write(control, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    printf("the server is gone\n");
    exit(1);
  }
  return Reply();
}

static int Begin(const string& command) {
  const string passive = Ask("EPSV");
  const size_t bars = passive.find("|||");
  const int data = bars == string::npos ? -1 : Connect(std::to_string(atoi(passive.c_str() + bars + 3)));
  if (data < 0) {
    printf("%s\n", passive.c_str());
    return -1;
  }
  const string reply = Ask(command);
  if (reply[0] == '1') return data;
  printf("%s\n", reply.c_str());
  close(data);
  return -1;
}

static bool ReadAll(int data, string& bytes) {
  char buffer[10000];
  ssize_t n;
  while ((n = read(data, buffer, sizeof buffer)) > 0) bytes.append(buffer, static_cast<size_t>(n));
  close(data);
  const string end = Reply();
  if (n == 0 && end[0] == '2') return true;
  printf("%s\n", n < 0 ? "the connection broke" : end.c_str());
  return false;
}

static void Get(const string& name) {
  string bytes;
  const int data = Begin("RETR " + name);
  if (data < 0 || !ReadAll(data, bytes)) return;
  FILE* file = fopen(name.substr(name.find_last_of('/') + 1).c_str(), "wb");
  if (file == nullptr) return perror("open");
  fwrite(bytes.data(), 1, bytes.size(), file);
  fclose(file);
}

static void Put(const string& path) {
  FILE* file = fopen(path.c_str(), "rb");
  if (file == nullptr) return perror(path.c_str());
  const int data = Begin("STOR " + path.substr(path.find_last_of('/') + 1));
  if (data >= 0) {
    char buffer[10000];
    size_t n;
    bool open = true;
    while (open && (n = fread(buffer, 1, sizeof buffer, file)) > 0) {
      for (size_t at = 0; open && at < n;) {
        const ssize_t sent = write(data, buffer + at, n - at);
        open = sent > 0;
        at += open ? static_cast<size_t>(sent) : 0;
      }
    }
    close(data);
    printf("%s\n", Reply().c_str());
  }
  fclose(file);
}

int main(int argc, char** argv) {
  if (argc != 3 || strspn(argv[2], "0123456789") != strlen(argv[2]) || *argv[2] == '\0' || atol(argv[2]) > 65535) {
    fprintf(stderr, "usage: ftp_client host port\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  host = argv[1];
  control = Connect(argv[2]);
  if (control < 0) {
    perror("connect");
    return 1;
  }
  from_server = fdopen(control, "r");
  printf("%s\n", Reply().c_str());
  printf("%s\n", Ask("USER ftp").c_str());
  const string in = Ask("PASS me@");
  printf("%s\n", in.c_str());
  if (in[0] != '2') return 1;
  char line[5000];
  while (printf("command: "), fflush(stdout), fgets(line, sizeof line, stdin) != nullptr) {
    line[strcspn(line, "\n")] = '\0';
    const string text = line;
    if (text == "quit") break;
    if (text == "list") {
      string names;
      const int data = Begin("NLST");
      if (data >= 0 && ReadAll(data, names)) printf("%s", names.c_str());
    } else if (text.compare(0, 4, "get ") == 0) {
      Get(text.substr(4));
    } else if (text.compare(0, 4, "put ") == 0) {
      Put(text.substr(4));
    } else {
      printf("?\n");
    }
  }
  Ask("QUIT");
  return 0;
}
