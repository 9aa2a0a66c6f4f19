// Value and Array.
#include <algorithm>

#include "scene.h"

namespace grader::checks::lab07 {
namespace {

using Lines = std::vector<std::string>;

LAB_CHECK_F(ShmCheck, Value, IsOneAmongProcesses, .points = 3,
            .hint =
                "After fork each process has its own copy of ordinary memory. mmap with MAP_SHARED makes memory "
                "that is not copied.",
            .title = "a Value is one and the same in parent, child and grandchild") {
  const auto first = Between(100, 900'000), second = -Between(1, 900'000), third = Between(100, 900'000);
  ExpectLines(
      {{"value-among-processes", std::to_string(first), std::to_string(second), std::to_string(third)},
       fmt::format("shm::Value<int> v({}); a child makes it {}, and its own child makes it {}", first, second, third)},
      {fmt::format("the child reads {}", first), fmt::format("the grandchild reads {}", second),
       fmt::format("the parent reads {}", third)});
}

LAB_CHECK_F(ShmCheck, Value, HoldsEveryType, .points = 1,
            .hint = "Copy the whole T, whatever its size, into the shared memory; without an argument it is T{}.",
            .needs = {"Value.IsOneAmongProcesses"}, .title = "a Value holds numbers, structs and large objects") {
  const int n = Between(10, 240);
  ExpectLines({{"value-types", std::to_string(n)},
               "shm::Value of int, bool, long long, double, enum, small and large structs; a child changes them"},
              {fmt::format("int 0, bool 1, long long {}, double {:.2f}", n * 1'000'000'007LL, n / 4.0),
               fmt::format("pixel {}, account {} of nobody", n, n), fmt::format("pixel 77 2 {}, bool 0, colour 1", n),
               fmt::format("account of owner {}, short {}, cells 0 {}", n, n, n)});
}

LAB_CHECK_F(ShmCheck, Value, IsAligned, .points = 1,
            .hint = "If something precedes the T in its memory, the T's offset must be a multiple of alignof(T).",
            .title = "Values and elements are aligned as their type asks") {
  Lines lines;
  for (const int alignment : {8, 16, 64, 256, 1024}) lines.push_back(fmt::format("alignment {}: 0 0 0", alignment));
  ExpectLines({{"alignment"},
               "struct alignas(N) T; shm::Value<T> v; shm::Array<T> a(3);\n"
               "the addresses of v.value(), a[0] and a[2], modulo N"},
              lines);
}

LAB_CHECK_F(ShmCheck, Value, HasALockOfItsOwn, .points = 2,
            .hint = "get_lock() gives this object's own lock, and value() takes none.",
            .needs = {"Value.IsOneAmongProcesses", "Lock.ExcludesOtherProcesses"},
            .title = "each Value and Array has a lock of its own") {
  ExpectLines({{"each-has-its-lock"},
               "shm::Value<int> first(1), second(2); shm::Array<int> array(3);\n"
               "the parent holds first.get_lock(); a child tries all three locks and sets first.value() to 7"},
              {"the first's lock is free: false", "the second's lock is free: true", "the array's lock is free: true",
               "the first is 7"});
}

std::string Joined(const std::vector<int>& numbers) {
  return fmt::format("size {}: {}", numbers.size(), fmt::join(numbers, " "));
}

LAB_CHECK_F(ShmCheck, Array, CopiesItsElements, .points = 3,
            .hint = "Array(span) copies the elements into shared memory; begin(), end() and value() show that memory.",
            .title = "an Array holds copies of the elements it is made from, shared") {
  std::vector<int> numbers;
  for (int i = Between(4, 9); i > 0; --i) numbers.push_back(Between(-5000, 5000));
  std::vector<std::string> args = {"array-of-copies"};
  for (const int number : numbers) args.push_back(std::to_string(number));
  auto sorted = numbers;
  std::sort(sorted.begin(), sorted.end());
  ++sorted.back();
  ExpectLines(
      {args, fmt::format("shm::Array<int> array(std::span<const int>({{{}}})); then the original is overwritten;\n"
                         "a child sorts the array and adds 1 to the last element",
                         fmt::join(numbers, ", "))},
      {Joined(numbers), Joined(sorted), "2 pixels"});
}

LAB_CHECK_F(ShmCheck, Array, IsSharedWhole, .points = 2,
            .hint = "The memory needs size * sizeof(T) bytes: a page is not enough for all.",
            .title = "an Array of any size is shared from its first element to its last") {
  for (const int size : {Between(1, 9), Between(500, 900), 262'144}) {
    const int index = size < 10 ? size - 1 : Between(size - 20, size - 1);
    ExpectLines({{"array-of-size", std::to_string(size), std::to_string(index)},
                 fmt::format("shm::Array<long> array({}); a child sets array[{}] to 4711", size, index)},
                {fmt::format("size {}, sum 0", size), "element 4711, sum 4711", "side by side: true"});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(ShmCheck, Array, RefusesWhatIsOutside, .points = 2,
            .hint = "Valid are 0 ... size() - 1. Compare the index itself: index * sizeof(T) may overflow.",
            .needs = {"Array.IsSharedWhole"}, .title = "an index outside throws std::out_of_range") {
  const int size = Between(2, 5000);
  ExpectLines({{"array-ranges", std::to_string(size)},
               fmt::format("shm::Array<int> array({}); what array[i] = 1 throws, for i = size - 1 and others", size)},
              {"last: nothing", "size: std::out_of_range", "size + 1: std::out_of_range", "-1: std::out_of_range",
               "2^62: std::out_of_range"});
}

LAB_CHECK_F(ShmCheck, Array, RefusesToBeEmpty, .points = 1, .hint = "Look at the size before anything is mapped.",
            .title = "an Array without elements throws std::invalid_argument") {
  ExpectLines({{"array-of-nothing"},
               "what is thrown by shm::Array<int> array(0), by one of an empty span, of an empty list, and array(1)"},
              {"size 0: std::invalid_argument", "no elements: std::invalid_argument",
               "empty list: std::invalid_argument", "size 1: nothing"});
}

LAB_CHECK_F(ShmCheck, Array, HasOneLock, .points = 1,
            .hint = "get_lock() must give the same shared lock in every process.",
            .needs = {"Array.IsSharedWhole", "Lock.ExcludesOtherProcesses"},
            .title = "children add to an Array's elements under its lock, and none is lost") {
  const int children = Between(3, 4), rounds = Between(150, 250);
  const auto options =
      Play({{"array-lock", std::to_string(children), std::to_string(rounds)},
            fmt::format("{} children, {} times each: lock_guard guard(array.get_lock()); for (long& e : array) e += 1;",
                        children, rounds)});
  ForEachRun({.watched = 1, .native = 1}, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, PrintsLines({"a child tries: false", fmt::format("first {0}, last {0}", children * rounds)}));
  });
}

}  // namespace
}  // namespace grader::checks::lab07
