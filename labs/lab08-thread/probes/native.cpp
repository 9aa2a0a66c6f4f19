// native SCENE: what can be seen only without the scheduler: threads that sleep until a word comes from outside, and a
// system that gives no thread.
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <system_error>
#include <thread>

#include "thread.hpp"

namespace {

using namespace std::chrono_literals;

void AwaitWord() {
  char byte = 0;
  while (byte != '\n' && read(STDIN_FILENO, &byte, 1) == 1) continue;
}

void Joins() {
  Thread thread(AwaitWord);
  thread.start();
  std::thread other([&] { std::puts(thread.join(20h) ? "join(20h): true" : "join(20h): false"); });
  thread.join();
  other.join();
}

void AtTheEnd() {
  static Thread thread([] {
    AwaitWord();
    std::puts("the thread has done its work");
  });
  thread.start();
}

void NoThread() {
  Thread thread([] { std::puts("it ran"); }, {.name = "it"});
  rlimit none{};
  getrlimit(RLIMIT_NPROC, &none);
  none.rlim_cur = 0;
  if (setrlimit(RLIMIT_NPROC, &none) == -1) std::puts("the limit cannot be set");
  try {
    thread.start();
    std::puts("start() returned");
  } catch (const std::system_error&) {
    std::puts("start(): std::system_error");
  }
  std::printf("is_alive() %s, threads %zu\n", thread.is_alive() ? "true" : "false", Thread::enumerate().size());
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::string scene = argc > 1 ? argv[1] : "";
  if (scene == "joins") Joins();
  if (scene == "at-the-end") AtTheEnd();
  if (scene == "no-thread") NoThread();
}
