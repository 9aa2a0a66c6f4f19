// Items that can be moved into a new place, and nothing else: the least that BoundedBuffer asks of them.
#include <cstdio>
#include <string>

#include "sync.hpp"

namespace {

class Box {
 public:
  explicit Box(int number) : number_(number) {}
  Box(Box&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Box(const Box&) = delete;
  Box& operator=(Box&&) = delete;
  Box& operator=(const Box&) = delete;
  ~Box() = default;

  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

int main() {
  BoundedBuffer<Box> buffer(2);
  for (int round = 0; round < 3; ++round) {
    buffer.put(Box(2 * round));
    const bool put = buffer.put(Box(2 * round + 1), std::chrono::hours(20));
    const Box first = buffer.get();
    const auto second = buffer.get(std::chrono::hours(20));
    std::printf("%s %d %d\n", put ? "true" : "false", first.number(), second ? second->number() : -1);
  }
  BoundedBuffer<std::string> words(1);
  words.put("a word that is too long to be kept inside of the string itself");
  std::printf("%s\n", words.get().c_str());
}
