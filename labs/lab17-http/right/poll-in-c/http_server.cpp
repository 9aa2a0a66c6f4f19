// An HTTP server as one would write it in C: poll, arrays, and whole files in memory.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { kMaxClients = 1000, kMaxHead = 256 * 1024, kMaxLine = 64 * 1024, kMaxHeaders = 128 * 1024 };

struct Client {
  int fd;
  char* in;
  size_t in_size;
  char* out;
  size_t out_size, out_sent;
  size_t skip;
  int close_after, closing, no_more;
};

static Client clients[kMaxClients];
static int client_count;
static char root[PATH_MAX];
static volatile sig_atomic_t ended;

static void OnTerm(int) { ended = 1; }

static void Append(Client* c, const void* bytes, size_t size) {
  c->out = static_cast<char*>(realloc(c->out, c->out_size + size + 1));
  if (size) memcpy(c->out + c->out_size, bytes, size);
  c->out_size += size;
}

static const char* Reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    default:
      return "Refused";
  }
}

static void Reply(Client* c, int status, const char* type, const void* body, size_t size, int head_only) {
  char head[512];
  int n = snprintf(head, sizeof head,
                   "HTTP/1.1 %d %s\r\nServer: poll\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%s%s\r\n", status,
                   Reason(status), type, size, status == 405 ? "Allow: GET, HEAD\r\n" : "",
                   c->close_after ? "Connection: close\r\n" : "");
  Append(c, head, static_cast<size_t>(n));
  if (!head_only) Append(c, body, size);
}

static void Refuse(Client* c, int status) {
  c->close_after = 1;
  Reply(c, status, "text/plain", Reason(status), strlen(Reason(status)), 0);
}

static int Hex(int digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  digit |= 32;
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

// In place; -1 if it is bad.
static int Decode(char* text, int plus) {
  char* to = text;
  for (; *text; ++text) {
    if (*text == '%') {
      int high = Hex(static_cast<unsigned char>(text[1]));
      int low = high < 0 ? -1 : Hex(static_cast<unsigned char>(text[2]));
      if (low < 0 || high + low == 0) return -1;
      *to++ = static_cast<char>(high * 16 + low);
      text += 2;
    } else {
      *to++ = plus && *text == '+' ? ' ' : *text;
    }
  }
  *to = 0;
  return 0;
}

static const char* Type(const char* path) {
  const char* dot = strrchr(path, '.');
  if (!dot) return "application/octet-stream";
  if (!strcmp(dot, ".html")) return "text/html;charset=utf-8";
  if (!strcmp(dot, ".css")) return "text/css";
  if (!strcmp(dot, ".js")) return "application/javascript";
  if (!strcmp(dot, ".txt")) return "text/plain";
  if (!strcmp(dot, ".png")) return "image/png";
  if (!strcmp(dot, ".jpg")) return "image/jpeg";
  return "application/octet-stream";
}

// Whether it was a file.
static int SendFile(Client* c, const char* path, int head_only) {
  char whole[3 * PATH_MAX], real[PATH_MAX];
  if (strlen(path) >= PATH_MAX) return 0;
  snprintf(whole, sizeof whole, "%s%s", root, strcmp(path, "/") ? path : "/index.html");
  if (!realpath(whole, real)) return 0;
  size_t length = strlen(root);
  if (strncmp(real, root, length) || real[length] != '/') {
    Reply(c, 403, "text/plain", "no", 2, head_only);
    return 1;
  }
  struct stat about;
  if (stat(real, &about) || !S_ISREG(about.st_mode)) return 0;
  FILE* file = fopen(real, "rb");
  if (!file) return 0;
  char* bytes = static_cast<char*>(malloc(static_cast<size_t>(about.st_size) + 1));
  size_t size = fread(bytes, 1, static_cast<size_t>(about.st_size), file);
  fclose(file);
  Reply(c, 200, Type(real), bytes, size, head_only);
  free(bytes);
  return 1;
}

static void Data(Client* c, const char* path, char* query, int head_only) {
  char text[kMaxLine + 64];
  if (!strcmp(path, "/time")) {
    time_t now = time(NULL);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", localtime(&now));
    Reply(c, 200, "text/plain", text, strlen(text), head_only);
  } else if (!strcmp(path, "/hello")) {
    const char* name = "world";
    for (char* rest = query; rest;) {
      char* pair = strsep(&rest, "&");
      char* value = strchr(pair, '=');
      if (value) *value++ = 0;
      if (Decode(pair, 1) || (value && Decode(value, 1))) return Refuse(c, 400);
      if (value && !strcmp(pair, "name")) name = value;
    }
    snprintf(text, sizeof text, "Hello, %s!", name);
    Reply(c, 200, "text/plain; charset=UTF-8", text, strlen(text), head_only);
  } else {
    Reply(c, 404, "text/plain", "nothing here\n", 13, head_only);
  }
}

struct Head {
  int hosts, bad, chunked, close, keep;
  long long length;
};

static void Header(Head* head, char* line) {
  char* colon = strchr(line, ':');
  if (!colon || colon == line || colon[-1] == ' ' || colon[-1] == '\t') {
    head->bad = 1;
    return;
  }
  *colon = 0;
  char* value = colon + 1 + strspn(colon + 1, " \t");
  for (size_t n = strlen(value); n && (value[n - 1] == ' ' || value[n - 1] == '\t'); --n) value[n - 1] = 0;
  if (!strcasecmp(line, "Host")) ++head->hosts;
  if (!strcasecmp(line, "Transfer-Encoding")) head->chunked = 1;
  if (!strcasecmp(line, "Connection")) {
    head->close |= strcasestr(value, "close") != NULL;
    head->keep |= strcasestr(value, "keep-alive") != NULL;
  }
  if (!strcasecmp(line, "Content-Length")) {
    size_t digits = strspn(value, "0123456789");
    if (!digits || value[digits]) head->bad = 1;
    long long length = digits > 15 ? LLONG_MAX : atoll(value);
    if (head->length >= 0 && head->length != length) head->bad = 1;
    head->length = length;
  }
}

static void Handle(Client* c, char* head_bytes, size_t size) {
  if (memchr(head_bytes, 0, size)) return Refuse(c, 400);
  char* rest = head_bytes;
  char* line = strsep(&rest, "\n");
  char* method = strsep(&line, " ");
  char* target = strsep(&line, " ");
  if (!target || !line) return Refuse(c, 400);
  line[strcspn(line, "\r")] = 0;
  int major, minor, used = 0;
  if (sscanf(line, "HTTP/%1d.%1d%n", &major, &minor, &used) != 2 || line[used]) return Refuse(c, 400);
  if (major != 1) return Refuse(c, 505);
  Head head = {0, 0, 0, 0, 0, -1};
  while (rest && *rest && *rest != '\r') {
    char* header = strsep(&rest, "\n");
    header[strcspn(header, "\r")] = 0;
    Header(&head, header);
  }
  if (head.bad || head.hosts > 1 || (head.hosts == 0 && minor > 0)) return Refuse(c, 400);
  if (head.chunked) return Refuse(c, 405);
  if (head.length > 16 * 1024 * 1024) return Refuse(c, 413);
  c->skip = head.length > 0 ? static_cast<size_t>(head.length) : 0;
  c->close_after = head.close || (minor == 0 && !head.keep);
  if (strcmp(method, "GET") && strcmp(method, "HEAD")) return Reply(c, 405, "text/plain", "GET or HEAD", 11, 0);
  char* query = target;
  char* path = strsep(&query, "?");
  if (*path != '/' || Decode(path, 0)) return Refuse(c, 400);
  int head_only = method[0] == 'H';
  if (!SendFile(c, path, head_only)) Data(c, path, query, head_only);
}

static void Drop(Client* c, size_t size) {
  memmove(c->in, c->in + size, c->in_size - size);
  c->in_size -= size;
}

static void TakeRequests(Client* c) {
  while (!c->close_after && c->out_size == 0) {
    size_t skipped = c->skip < c->in_size ? c->skip : c->in_size;
    Drop(c, skipped);
    c->skip -= skipped;
    if (c->skip) return;
    while (c->in_size >= 2 && !memcmp(c->in, "\r\n", 2)) Drop(c, 2);
    char* end = static_cast<char*>(memmem(c->in, c->in_size, "\r\n\r\n", 4));
    char* line = static_cast<char*>(memchr(c->in, '\n', c->in_size));
    size_t line_size = line ? static_cast<size_t>(line - c->in) : c->in_size;
    if (line_size > kMaxLine) return Refuse(c, 414);
    size_t head_size = end ? static_cast<size_t>(end - c->in) + 4 : c->in_size;
    if (head_size - line_size > kMaxHeaders) return Refuse(c, 431);
    if (!end) return;
    char* copy = static_cast<char*>(malloc(head_size + 1));
    memcpy(copy, c->in, head_size);
    copy[head_size] = 0;
    Drop(c, head_size);
    Handle(c, copy, head_size);
    free(copy);
  }
}

static void Forget(Client* c) {
  close(c->fd);
  free(c->in);
  free(c->out);
  *c = clients[--client_count];
}

// Whether the client is still there.
static int Flush(Client* c) {
  while (c->out_sent < c->out_size) {
    ssize_t n = send(c->fd, c->out + c->out_sent, c->out_size - c->out_sent, MSG_NOSIGNAL);
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    c->out_sent += static_cast<size_t>(n);
  }
  free(c->out);
  c->out = NULL;
  c->out_size = c->out_sent = 0;
  if (c->close_after && !c->closing) {
    shutdown(c->fd, SHUT_WR);
    c->closing = 1;
  }
  return 1;
}

static int Serve(Client* c, int readable) {
  if (readable) {
    char bytes[16384];
    ssize_t n = recv(c->fd, bytes, sizeof bytes, 0);
    if (n == 0 && c->closing) return 0;
    if (n == 0) c->no_more = 1;
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    if (!c->closing) {
      c->in = static_cast<char*>(realloc(c->in, c->in_size + static_cast<size_t>(n) + 1));
      memcpy(c->in + c->in_size, bytes, static_cast<size_t>(n));
      c->in_size += static_cast<size_t>(n);
    }
  }
  for (;;) {
    if (!Flush(c)) return 0;
    if (c->out_size || c->closing) return !(c->closing && c->no_more);
    TakeRequests(c);
    if (!c->out_size) return !c->no_more;
  }
}

static int Listen(const char* host, int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
  struct sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<unsigned short>(port));
  socklen_t size = sizeof address;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (!inet_aton(host, &address.sin_addr) || bind(fd, reinterpret_cast<struct sockaddr*>(&address), size) ||
      listen(fd, 512)) {
    perror("http_server: listen");
    exit(1);
  }
  getsockname(fd, reinterpret_cast<struct sockaddr*>(&address), &size);
  printf("listening on %s:%d\n", host, ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

static void Loop(int listening, const sigset_t* open_mask) {
  static struct pollfd polled[kMaxClients + 1];
  while (!ended) {
    int count = client_count;
    polled[0].fd = count < kMaxClients ? listening : -1;
    polled[0].events = POLLIN;
    for (int i = 0; i < count; ++i) {
      polled[i + 1].fd = clients[i].fd;
      polled[i + 1].events = clients[i].out_size ? POLLOUT : POLLIN;
    }
    if (ppoll(polled, static_cast<nfds_t>(count) + 1, NULL, open_mask) < 0) continue;
    for (int i = count - 1; i >= 0; --i) {
      int events = polled[i + 1].revents;
      if (!events) continue;
      if (!Serve(&clients[i], clients[i].out_size == 0)) Forget(&clients[i]);
    }
    if (polled[0].revents) {
      int fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
      if (fd >= 0) {
        clients[client_count] = Client();
        clients[client_count++].fd = fd;
      }
    }
  }
}

class HTTPServer {
 public:
  HTTPServer(const char* host, int port) : listening_(Listen(host, port)) {}
  void serve_forever(const sigset_t* open_mask) { Loop(listening_, open_mask); }

 private:
  int listening_;
};

int main(int argc, char** argv) {
  char* end = NULL;
  const char* port_text = argc == 4 ? argv[2] : "8000";
  long port = strtol(port_text, &end, 10);
  if ((argc != 1 && argc != 4) || port_text[strspn(port_text, "0123456789")] || !*port_text || *end || port > 65535) {
    fprintf(stderr, "usage: http_server [host port dir]\n");
    return 2;
  }
  const char* folder = argc == 4 ? argv[3] : "./static";
  struct stat about;
  if (!realpath(folder, root) || stat(root, &about) || (S_ISDIR(about.st_mode) ? 0 : (errno = ENOTDIR))) {
    perror(folder);
    return 1;
  }
  sigset_t blocked, open_mask;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigprocmask(SIG_BLOCK, &blocked, &open_mask);
  signal(SIGTERM, OnTerm);
  HTTPServer(argc == 4 ? argv[1] : "0.0.0.0", static_cast<int>(port)).serve_forever(&open_mask);
  return 0;
}
