// A chat client of two processes: the child types, the parent prints.
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void Carry(int from, int to) {
  char bytes[4096];
  ssize_t n;
  while ((n = read(from, bytes, sizeof bytes)) > 0) {
    for (ssize_t done = 0; done < n;) {
      ssize_t written = write(to, bytes + done, static_cast<size_t>(n - done));
      if (written < 0) return;
      done += written;
    }
  }
}

int main(int argc, char** argv) {
  const char* host = argc == 3 ? argv[1] : "127.0.0.1";
  const char* port = argc == 3 ? argv[2] : "8888";
  struct sockaddr_in address = {};
  address.sin_family = AF_INET;
  if ((argc != 1 && argc != 3) || !*port || port[strspn(port, "0123456789")] || strlen(port) > 5 ||
      atoi(port) > 65535) {
    fprintf(stderr, "usage: chat_client [host port]\n");
    return 2;
  }
  address.sin_port = htons(static_cast<unsigned short>(atoi(port)));
  int server = socket(AF_INET, SOCK_STREAM, 0);
  if (!inet_aton(host, &address.sin_addr) ||
      connect(server, reinterpret_cast<struct sockaddr*>(&address), sizeof address)) {
    perror("chat_client: connect");
    return 1;
  }
  signal(SIGPIPE, SIG_IGN);
  pid_t child = fork();
  if (child == 0) {
    Carry(0, server);
    shutdown(server, SHUT_WR);
    _exit(0);
  }
  Carry(server, 1);
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  return 0;
}
