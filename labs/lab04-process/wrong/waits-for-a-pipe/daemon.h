// Pipes whose one end tells of a process's life: it comes to the end of file when the last who holds the other end has
// ended. Children of a child have inherited it.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>
#include <utility>

namespace lab {

struct Ends {
  int reader = -1;
  int writer = -1;
};

inline Ends MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) == -1) throw std::system_error(errno, std::generic_category(), "pipe2");
  return {ends[0], ends[1]};
}

inline void CloseIfOpen(int& descriptor) {
  if (descriptor != -1) close(std::exchange(descriptor, -1));
}

// What this process holds until its end.
struct Held {
  Ends lifeline;     // the writer tells our children of our life
  int our_end = -1;  // and this one our parent
};

inline Held& HeldHere() {
  static Held held;
  return held;
}

inline void OpenLifeline() {
  static const int registered = pthread_atfork(nullptr, nullptr, [] { CloseIfOpen(HeldHere().lifeline.writer); });
  static_cast<void>(registered);
  Ends& lifeline = HeldHere().lifeline;
  if (lifeline.writer != -1) return;
  CloseIfOpen(lifeline.reader);
  lifeline = MakePipe();
}

// The pipe of one child.
class Pipe {
 public:
  Pipe() : ends_(MakePipe()) {}
  ~Pipe() {
    CloseIfOpen(ends_.reader);
    CloseIfOpen(ends_.writer);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int TakeReader() { return std::exchange(ends_.reader, -1); }  // in the parent
  void KeepForLife() {                                          // in the child
    HeldHere().our_end = std::exchange(ends_.writer, -1);
    CloseIfOpen(ends_.reader);
  }

 private:
  Ends ends_;
};

// In the child: the kernel sends SIGKILL when the parent's pipe comes to its end (fcntl(2), F_SETSIG). The pipe is
// opened anew, because the owner of a signal belongs to what open(2) makes, which siblings would share.
inline void DieWithTheParent() {
  const int life = open(("/proc/self/fd/" + std::to_string(HeldHere().lifeline.reader)).c_str(), O_RDONLY | O_CLOEXEC);
  if (life == -1) _exit(1);
  fcntl(life, F_SETOWN, getpid());
  fcntl(life, F_SETSIG, SIGKILL);
  fcntl(life, F_SETFL, O_ASYNC);
  pollfd end{life, POLLIN, 0};
  if (poll(&end, 1, 0) == 1) _exit(1);
}

}  // namespace lab
