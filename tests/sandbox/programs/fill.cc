// fill PATH MEBIBYTES: writes until refused or so much is written; prints the MiB written and why it stopped.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

int main(int, char** arguments) {
  signal(SIGXFSZ, SIG_IGN);
  const int fd = open(arguments[1], O_CREAT | O_WRONLY, 0644);
  const std::vector<char> block(1 << 20, 'x');
  const int most = std::atoi(arguments[2]);
  int written = 0;
  while (written < most && write(fd, block.data(), block.size()) == static_cast<ssize_t>(block.size())) ++written;
  // A last short write comes before the refusal.
  while (written < most && write(fd, block.data(), block.size()) > 0) {
  }
  std::printf("%d %s\n", written, written == most ? "all" : strerrorname_np(errno));
}
