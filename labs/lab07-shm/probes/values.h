// Scenes with Value and Array.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <numeric>

#include "shm.hpp"
#include "stage.h"

namespace scenes {

using stage::Number;
using stage::Say;
using stage::Words;

// A B C: the parent makes it of A, a child changes it to B, a grandchild to C.
inline void ValueAmongProcesses(const Words& words) {
  shm::Value<int> value(Number(words[0]));
  stage::Finish(stage::Spawn([&] {
    Say("the child reads %d", value.value());
    value.value() = Number(words[1]);
    stage::Finish(stage::Spawn([&] {
      Say("the grandchild reads %d", value.value());
      value.value() = Number(words[2]);
    }));
  }));
  Say("the parent reads %d", value.value());
}

struct Pixel {
  std::uint8_t red, green, blue;
  bool operator==(const Pixel&) const = default;
};
struct Account {
  long long number;
  double balance;
  char owner[50];
};
enum class Colour : unsigned short { kRed, kGreen };
struct Matrix {
  std::array<double, 20'000> cells;
};

// NUMBER: values of many types keep their first value, and a child's.
inline void ValueTypes(const Words& words) {
  const int number = Number(words[0]);
  shm::Value<int> plain;
  shm::Value<bool> flag(true);
  shm::Value<long long> large(number * 1'000'000'007LL);
  shm::Value<double> fraction(number / 4.0);
  shm::Value<Pixel> pixel(Pixel{1, 2, static_cast<std::uint8_t>(number)});
  shm::Value<Colour> colour(Colour::kRed);
  shm::Value<Account> account(Account{number, 0.5, "nobody"});
  shm::Value<std::array<short, 7>> shorts({1, 2, 3, 4, 5, 6, 7});
  shm::Value<Matrix> matrix;
  Say("int %d, bool %d, long long %lld, double %.2f", plain.value(), flag.value(), large.value(), fraction.value());
  stage::Finish(stage::Spawn([&] {
    Say("pixel %d, account %lld of %s", pixel.value().blue, account.value().number, account.value().owner);
    pixel.value().red = 77;
    flag.value() = false;
    std::snprintf(account.value().owner, sizeof account.value().owner, "owner %d", number);
    colour.value() = Colour::kGreen;
    shorts.value()[6] = static_cast<short>(number);
    matrix.value().cells.back() = number;
  }));
  Say("pixel %d %d %d, bool %d, colour %d", pixel.value().red, pixel.value().green, pixel.value().blue, flag.value(),
      static_cast<int>(colour.value()));
  Say("account of %s, short %d, cells %.0f %.0f", account.value().owner, shorts.value()[6],
      matrix.value().cells.front(), matrix.value().cells.back());
}

template <std::size_t kAlignment>
struct alignas(kAlignment) Aligned {
  char byte;
};

template <std::size_t kAlignment>
void SayAlignment() {
  shm::Value<Aligned<kAlignment>> value;
  shm::Array<Aligned<kAlignment>> array(3);
  const auto remainder = [](const void* address) { return reinterpret_cast<std::uintptr_t>(address) % kAlignment; };
  Say("alignment %zu: %zu %zu %zu", kAlignment, remainder(&value.value()), remainder(&array[0]), remainder(&array[2]));
}

inline void Alignment(const Words&) {
  SayAlignment<8>();
  SayAlignment<16>();
  SayAlignment<64>();
  SayAlignment<256>();
  SayAlignment<1024>();
}

// Two Values have two locks, and value() takes none.
inline void EachHasItsLock(const Words&) {
  shm::Value<int> first(1);
  shm::Value<int> second(2);
  shm::Array<int> array(3);
  const std::lock_guard guard(first.get_lock());
  stage::Finish(stage::Spawn([&] {
    Say("the first's lock is free: %s", stage::InWords(first.get_lock().try_lock()));
    Say("the second's lock is free: %s", stage::InWords(second.get_lock().try_lock()));
    Say("the array's lock is free: %s", stage::InWords(array.get_lock().try_lock()));
    first.value() = 7;
  }));
  Say("the first is %d", first.value());
}

// NUMBER...: an array of copies of them.
inline void ArrayOfCopies(const Words& words) {
  std::vector<int> numbers;
  for (const auto& word : words) numbers.push_back(Number(word));
  shm::Array<int> array{std::span<const int>(numbers)};
  std::fill(numbers.begin(), numbers.end(), -1);
  numbers.clear();
  numbers.shrink_to_fit();
  std::string line;
  for (const int element : array) line += " " + std::to_string(element);
  Say("size %zu:%s", array.size(), line.c_str());
  stage::Finish(stage::Spawn([&] {
    std::sort(array.begin(), array.end());
    array.value().back() += 1;
  }));
  line.clear();
  for (const int element : array.value()) line += " " + std::to_string(element);
  Say("size %zu:%s", array.value().size(), line.c_str());
  const shm::Array<Pixel> pixels{{1, 2, 3}, {4, 5, 6}};
  Say("%zu pixels", pixels.size());
}

// SIZE INDEX: an array of that many, one of them changed by a child; side by side.
inline void ArrayOfSize(const Words& words) {
  const auto size = static_cast<std::size_t>(Number(words[0]));
  const auto index = static_cast<std::size_t>(Number(words[1]));
  shm::Array<long> array(size);
  const auto sum = [&] { return std::accumulate(array.begin(), array.end(), 0L); };
  Say("size %zu, sum %ld", array.size(), sum());
  stage::Finish(stage::Spawn([&] { array[index] = 4711; }));
  Say("element %ld, sum %ld", array[index], sum());
  Say("side by side: %s", stage::InWords(&array[index] == &array[0] + index && array.value().data() == &array[0] &&
                                         array.begin() == &array[0] && array.value().size() == size));
}

// SIZE: what is outside.
inline void ArrayRanges(const Words& words) {
  const auto size = static_cast<std::size_t>(Number(words[0]));
  shm::Array<int> array(size);
  Say("last: %s", stage::Thrown([&] { array[size - 1] = 1; }));
  Say("size: %s", stage::Thrown([&] { array[size] = 1; }));
  Say("size + 1: %s", stage::Thrown([&] { array[size + 1] = 1; }));
  Say("-1: %s", stage::Thrown([&] { array[static_cast<std::size_t>(-1)] = 1; }));
  Say("2^62: %s", stage::Thrown([&] { array[std::size_t{1} << 62] = 1; }));
}

inline void ArrayOfNothing(const Words&) {
  Say("size 0: %s", stage::Thrown([] { shm::Array<int> array(0); }));
  Say("no elements: %s", stage::Thrown([] { shm::Array<int> array{std::span<const int>()}; }));
  Say("empty list: %s", stage::Thrown([] { shm::Array<int> array(std::initializer_list<int>{}); }));
  Say("size 1: %s", stage::Thrown([] { shm::Array<int> array(1); }));
}

// CHILDREN ROUNDS: all add to the elements under the array's one lock.
inline void ArrayLock(const Words& words) {
  constexpr std::size_t kSize = 5;
  shm::Array<long> array(kSize);
  array.get_lock().lock();
  stage::Finish(stage::Spawn([&] { Say("a child tries: %s", stage::InWords(array.get_lock().try_lock())); }));
  array.get_lock().unlock();
  std::vector<pid_t> children;
  for (int child = 0; child < Number(words[0]); ++child) {
    children.push_back(stage::Spawn([&] {
      for (int round = 0; round < Number(words[1]); ++round) {
        const std::lock_guard guard(array.get_lock());
        for (long& element : array) element += 1;
      }
    }));
  }
  for (const pid_t child : children) stage::Finish(child);
  Say("first %ld, last %ld", array[0], array[kSize - 1]);
}

}  // namespace scenes
