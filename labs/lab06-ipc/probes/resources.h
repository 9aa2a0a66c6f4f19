// What the objects take from the system, and whether they give it back.
#pragma once

#include <dirent.h>
#include <sys/resource.h>

#include <algorithm>

#include "queue_order.h"

namespace stage {

// The open descriptors above stderr: "NUMBER -> TARGET".
inline Words Descriptors() {
  Words found;
  DIR* const folder = opendir("/proc/self/fd");
  if (folder == nullptr) _exit(96);
  while (const dirent* entry = readdir(folder)) {
    char target[256];
    const ssize_t size = readlinkat(dirfd(folder), entry->d_name, target, sizeof target);
    const int number = std::atoi(entry->d_name);
    if (size == -1 || number <= 2 || number == dirfd(folder)) continue;
    found.push_back(entry->d_name + std::string(" -> ") + std::string(target, static_cast<std::size_t>(size)));
  }
  closedir(folder);
  return found;
}

inline void UsePipe(bool duplex) {
  auto [here, there] = ipc::Pipe(duplex);
  there.send(Bytes(10));
  here.poll(1ms);
  here.recv();
  here.poll(1us);
  const ipc::Connection moved(std::move(here));
}

inline void UseQueue(ipc::Queue& queue) {
  queue.put(Bytes(10));
  queue.get(true, 1ms);
  Outcome([&] { return queue.get(true, 1us); });
  for (int i = 0; i < 2; ++i) queue.put(Bytes(10), true, 1ms);
  Outcome([&] { queue.put(Bytes(10), true, 1us); });
  for (int i = 0; i < 2; ++i) queue.get();
}

// list LABEL: what an executed program finds open.
inline void List(const Words& words) {
  for (const auto& descriptor : Descriptors()) Tell(words[0], descriptor);
  Tell(words[0], "end");
}

// executes: another program is executed before there are objects, and while there are.
inline void Executes(const Words&) {
  const auto execute = [](const char* label) {
    Reap(Child([&] { execl("/proc/self/exe", "driver", "list", label, nullptr); }));
  };
  execute("before");
  auto duplex = ipc::Pipe();
  auto one_way = ipc::Pipe(false);
  ipc::Queue queue(2);
  duplex.first.send(Bytes(4));
  duplex.second.recv();
  one_way.second.send(Bytes(4));
  one_way.first.poll();
  UseQueue(queue);
  queue.put(Bytes(4));
  execute("after");
}

inline std::ptrdiff_t Mappings() {
  const std::string maps = Content("/proc/self/maps");
  return std::count(maps.begin(), maps.end(), '\n');
}

// repeats FEW MANY: how much is open after few rounds, and after many.
inline void Repeats(const Words& words) {
  const auto few = Number(words[0]);
  ipc::Queue lasting(2);
  auto pipe = ipc::Pipe();
  for (std::uint64_t round = 1; round <= Number(words[1]); ++round) {
    UsePipe(round % 2 == 0);
    ipc::Queue fresh(2);
    UseQueue(fresh);
    fresh.close();
    UseQueue(lasting);
    pipe.first.send(Bytes(10));
    pipe.second.recv();
    if (round == few || round == Number(words[1])) {
      Tell("descriptors", std::to_string(Descriptors().size()));
      Tell("mappings", std::to_string(Mappings()));
    }
  }
}

// perishes: all who use the objects are killed at once.
inline void Perishes(const Words&) {
  int dead[2];
  if (pipe2(dead, O_CLOEXEC) == -1) _exit(97);
  const pid_t family = Child([&] {
    setpgid(0, 0);
    auto pipe = ipc::Pipe();
    auto one_way = ipc::Pipe(false);
    ipc::Queue queue(2);
    ipc::Queue full(1);
    full.put(Bytes(10));
    const pid_t first = Child([&] { pipe.first.recv(); });
    const pid_t second = Child([&] { queue.get(); });
    const pid_t third = Child([&] { full.put(Bytes(10)); });
    one_way.second.send(Bytes(10));
    for (const pid_t child : {first, second, third}) AwaitAsleep(child);
    kill(0, SIGKILL);
  });
  close(dead[1]);
  char byte = 0;
  while (read(dead[0], &byte, 1) == -1 && errno == EINTR) continue;
  Reap(family);
}

// Lets so many more descriptors be opened, and tells what becomes of call.
template <typename What>
void TellWithDescriptors(const std::string& what, rlim_t more, const What& call) {
  const int lowest = dup(STDIN_FILENO);
  close(lowest);
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlimit tight{static_cast<rlim_t>(lowest) + more, limit.rlim_max};
  setrlimit(RLIMIT_NOFILE, &tight);
  const std::string outcome = Outcome(call);
  setrlimit(RLIMIT_NOFILE, &limit);
  Tell(what, outcome);
}

// scarce MOST: with 0, 1, ... descriptors left.
inline void Scarce(const Words& words) {
  for (rlim_t more = 0; more <= Number(words[0]); ++more) {
    TellWithDescriptors("pipe", more, [] { UsePipe(true); });
    TellWithDescriptors("one-way", more, [] { UsePipe(false); });
    TellWithDescriptors("queue", more, [] {
      ipc::Queue queue(2);
      UseQueue(queue);
    });
  }
}

}  // namespace stage
