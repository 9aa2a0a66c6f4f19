// What tasks note and wait for. It lies in memory that all processes share, and noting makes no system call.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <new>

namespace driver {

// Lets in as many as it has been opened for, in whatever process they are.
class Gate {
 public:
  Gate() {
    if (::pipe(ends_.data()) != 0) ::_exit(98);
  }

  void Pass() const {
    char token = 0;
    while (::read(ends_[0], &token, 1) < 0 && errno == EINTR) continue;
  }

  void Open(int count) const {
    for (int i = 0; i < count; ++i) {
      while (::write(ends_[1], "x", 1) < 0 && errno == EINTR) continue;
    }
  }

 private:
  std::array<int, 2> ends_{};
};

struct Board {
  static constexpr int kTasks = 20'000;
  static constexpr int kRooms = 8;

  std::atomic<int> begun{0};
  std::array<std::atomic<int>, kTasks> order{};   // the numbers of the tasks in the order in which they began
  std::array<std::atomic<int>, kTasks> begins{};  // of each task, how often it was begun,
  std::array<std::atomic<int>, kTasks> ends{};    // and how often it came to its end
  std::array<std::atomic<int>, kRooms> inside{};
  std::array<std::atomic<int>, kRooms> pids{};  // of those who do the first tasks
  std::atomic<int> chosen{0};                   // one of them
  std::array<Gate, kRooms> rooms;
  Gate gate;

  void Begin(int task) {
    order.at(static_cast<std::size_t>(begun++)) = task;
    ++begins.at(static_cast<std::size_t>(task));
  }
  void End(int task) { ++ends.at(static_cast<std::size_t>(task)); }

  // Returns when so many have come into the room.
  void Meet(std::size_t room, int parties) {
    if (++inside.at(room) == parties) rooms.at(room).Open(parties);
    rooms.at(room).Pass();
  }
};

// Made by main before all else; a plain function, as every task is, finds it nowhere else.
inline Board* board = nullptr;

inline void MakeBoard() {
  void* const memory = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) ::_exit(97);
  board = new (memory) Board;
}

}  // namespace driver
