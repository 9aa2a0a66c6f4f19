// write_to PATH...: tries to create each and prints "path errno-name".
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

int main(int count, char** paths) {
  for (int i = 1; i < count; ++i) {
    const int fd = open(paths[i], O_CREAT | O_WRONLY, 0644);
    std::printf("%s %s\n", paths[i], fd >= 0 ? "written" : strerrorname_np(errno));
    if (fd >= 0) close(fd);
  }
}
