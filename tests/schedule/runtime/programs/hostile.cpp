// Programs that want to be believed without having earned it.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <csetjmp>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>

#include "scenarios.h"

namespace {

// A system call from the program's own code.
long Raw(long number, long a = 0, long b = 0, long c = 0, long d = 0) {
  long result;
  register long r10 asm("r10") = d;
  asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
  return result;
}

// The C library's function itself, behind the back of whoever interposes it.
template <typename Function>
Function* Behind(const char* name) {
  return reinterpret_cast<Function*>(dlsym(dlopen("libc.so.6", RTLD_LAZY), name));
}

int counter = 0;

void Race() {
  std::thread one([] { ++counter; });
  std::thread two([] { ++counter; });
  one.join();
  two.join();
}

// Fills what is shared with other processes: nothing of what was noted there is left.
template <int kByte>
__attribute__((no_sanitize("thread"))) void Overwrite() {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0, end = 0;
    char dash = 0;
    std::string rights;
    std::istringstream(line) >> std::hex >> begin >> dash >> end >> rights;
    if (rights != "rw-s") continue;
    for (auto* at = reinterpret_cast<volatile char*>(begin); at < reinterpret_cast<volatile char*>(end); at += 4096) {
      bool noted = false;  // pages that nobody has touched would only cost memory
      for (int i = 0; i < 4096; ++i) noted |= at[i] != 0;
      for (int i = 0; noted && i < 4096; ++i) at[i] = kByte;
    }
  }
}

template <int kByte>
int RacesAndOverwrites() {
  Race();
  Overwrite<kByte>();
  return 0;
}

int RacesAndLeavesBehindTheBack() {
  Race();
  Overwrite<1>();
  Behind<void(int)>("_exit")(0);
  return 1;
}

int LeavesByARawCall() {
  Raw(SYS_exit_group, 0);
  return 0;
}

int WaitsByARawCall() {
  int word = 0;
  Raw(SYS_futex, reinterpret_cast<long>(&word), 0 /* FUTEX_WAIT */, 1, 0);
  return 0;
}

int ForksByARawCall() {
  if (Raw(SYS_fork) == 0) Raw(SYS_exit_group, 0);
  return 0;
}

int ClosesEverything() {
  Race();
  for (int fd = 3; fd < 1024; ++fd) close(fd);
  return 0;
}

// Tells over every descriptor that all is well.
int TellsEverybody() {
  Race();
  const std::uint64_t words[2] = {0, 1};
  const auto tell = Behind<ssize_t(int, const void*, std::size_t)>("write");
  for (int fd = 3; fd < 1024; ++fd) {
    (void)!write(fd, words, sizeof words);
    tell(fd, words, sizeof words);
  }
  Overwrite<0>();
  return 0;
}

// How many ways there are to tell anything over the descriptors that the runtime guards.
int CountsWaysToTell() {
  char word[16] = {};
  iovec part{word, sizeof word};
  const auto ways = [&](int fd) {
    int pipe_ends[2];
    if (pipe(pipe_ends) != 0) return 100;
    (void)!write(pipe_ends[1], word, sizeof word);
    int found = 0;
    found += Behind<ssize_t(int, const void*, std::size_t)>("write")(fd, word, sizeof word) > 0;
    found += Behind<ssize_t(int, const iovec*, int, off_t, int)>("pwritev2")(fd, &part, 1, -1, 0) > 0;
    found += Behind<ssize_t(int, const iovec*, std::size_t, unsigned)>("vmsplice")(fd, &part, 1, SPLICE_F_NONBLOCK) > 0;
    found += Behind<ssize_t(int, loff_t*, int, loff_t*, std::size_t, unsigned)>("splice")(
                 pipe_ends[0], nullptr, fd, nullptr, sizeof word, SPLICE_F_NONBLOCK) > 0;
    const std::string name = "/proc/self/fd/" + std::to_string(fd);
    if (const int again = open(name.c_str(), O_WRONLY | O_NONBLOCK); again >= 0) {
      found += write(again, word, sizeof word) > 0;
      close(again);
    }
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    return found;
  };
  int guarded = 0, found = 0;
  for (int fd = 3; fd < 1024; ++fd) {
    struct stat there;
    if (lstat(("/proc/self/fd/" + std::to_string(fd)).c_str(), &there) != 0) continue;
    // What whoever started us left open may be used.
    if (Behind<int(int, int, ...)>("fcntl")(fd, F_GETFD) >= 0) continue;
    ++guarded;
    found += ways(fd);
  }
  return guarded > 0 ? found : 50;
}

// Before main(), where the grader waits for the first word.
__attribute__((constructor)) void Early(int argc, char** argv) {
  if (argc < 2) return;
  if (std::strcmp(argv[1], "leaves-early") == 0) _exit(0);
  if (std::strcmp(argv[1], "speaks-early") != 0) return;
  const std::uint32_t hello[4] = {0x6f6c6c65, 1, 1, 0};
  const auto tell = Behind<ssize_t(int, const void*, std::size_t)>("write");
  for (int fd = 3; fd < 1024; ++fd) {
    (void)!write(fd, hello, sizeof hello);
    tell(fd, hello, sizeof hello);
  }
  _exit(0);
}

std::jmp_buf place;

// On the stack of the main thread there are then two.
int JumpsToAnotherStack() {
  if (setjmp(place) == 0) {
    std::thread([] { std::longjmp(place, 1); }).join();
  }
  Race();
  return 0;
}

void Dive(int depth, std::jmp_buf& back) {
  if (depth == 0) std::longjmp(back, 1);
  Dive(depth - 1, back);
}

// As C allows: no destructor is passed over, and the mutex is given back.
int JumpsBackOnItsOwnStack() {
  static std::mutex mutex;
  const auto jump = [] {
    for (int i = 0; i < 1000; ++i) {
      std::jmp_buf back;
      if (setjmp(back) == 0) {
        mutex.lock();
        Dive(100, back);
      }
      mutex.unlock();
    }
  };
  std::jthread one(jump);
  std::jthread two(jump);
  return 0;
}

constexpr Scenario kScenarios[] = {
    {"races-and-wipes", RacesAndOverwrites<0>},
    {"races-and-scribbles", RacesAndOverwrites<1>},
    {"races-and-leaves-behind-the-back", RacesAndLeavesBehindTheBack},
    {"leaves-by-a-raw-call", LeavesByARawCall},
    {"waits-by-a-raw-call", WaitsByARawCall},
    {"forks-by-a-raw-call", ForksByARawCall},
    {"closes-everything", ClosesEverything},
    {"tells-everybody", TellsEverybody},
    {"counts-ways-to-tell", CountsWaysToTell},
    {"jumps-to-another-stack", JumpsToAnotherStack},
    {"jumps-back-on-its-own-stack", JumpsBackOnItsOwnStack},
};

}  // namespace

int main(int argc, char** argv) { return RunScenario(kScenarios, argc, argv); }
