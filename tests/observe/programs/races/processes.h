// What the racy programs share. Each takes "wrong" or "right", and ends with 0 if what it promises came true.
#pragma once

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

inline bool IsRight(char** argv) { return std::strcmp(argv[1], "right") == 0; }

template <typename T>
T* Shared() {
  return static_cast<T*>(mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

template <typename Work>
pid_t Child(Work work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  return child;
}

inline bool AllEndWell() {
  bool well = true;
  for (int status = 0; wait(&status) > 0;) well = well && status == 0;
  return well;
}
