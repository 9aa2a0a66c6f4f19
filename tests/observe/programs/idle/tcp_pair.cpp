// Client and server in one program; the client takes its time.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  listen(listener, 1);
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  char c = 'x';
  if (fork() == 0) {
    const int client = socket(AF_INET, SOCK_STREAM, 0);
    connect(client, reinterpret_cast<sockaddr*>(&address), size);
    for (int i = 0; i < 2'000; ++i) {
      write(client, &c, 1);
      read(client, &c, 1);
    }
    usleep(200'000);
    _exit(0);
  }
  const int server = accept(listener, nullptr, nullptr);
  while (read(server, &c, 1) == 1) write(server, &c, 1);
  wait(nullptr);
}
