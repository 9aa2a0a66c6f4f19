// Scenes at the philosophers' table.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "deadlock.hpp"
#include "effort.h"
#include "words.h"

namespace driver {

// Who eats, and what was seen of it.
class Watch {
 public:
  explicit Watch(int seats) : eating_(static_cast<std::size_t>(seats)), meals_(static_cast<std::size_t>(seats)) {}

  void Sits(int i) {
    const int now = ++inside_;
    if (now > most_) most_ = now;
    Of(eating_, i) = 1;
    const int seats = static_cast<int>(eating_.size());
    if (Of(eating_, (i + 1) % seats) == 1 || Of(eating_, (i + seats - 1) % seats) == 1) ++neighbours_;
    ++Of(meals_, i);
  }
  void Rises(int i) {
    Of(eating_, i) = 0;
    --inside_;
  }

  bool Eats(int i) { return Of(eating_, i) == 1; }

  void TellAll() {
    std::string meals;
    for (auto& count : meals_) meals += (meals.empty() ? "" : " ") + std::to_string(count);
    Tell("meals", meals);
    Tell("neighbours", neighbours_);
    Tell("most", most_);
  }

 private:
  using Counts = std::vector<std::atomic<int>>;
  static std::atomic<int>& Of(Counts& counts, int i) { return counts[static_cast<std::size_t>(i)]; }

  Counts eating_;
  Counts meals_;
  std::atomic<int> inside_ = 0;
  std::atomic<int> most_ = 0;
  std::atomic<int> neighbours_ = 0;
};

// dinner SEATS ROUNDS
inline void Dinner(Words words) {
  const int seats = words.Int();
  Watch watch(seats);
  philosophers(seats, words.Int(), [&](int i) {
    watch.Sits(i);
    watch.Rises(i);
  });
  watch.TellAll();
}

// pair SEATS ROUNDS ONE OTHER: were these two seen eating at the same time?
inline void Pair(Words words) {
  const int seats = words.Int();
  const int rounds = words.Int();
  const int one = words.Int();
  const int other = words.Int();
  Watch watch(seats);
  std::atomic<bool> together = false;
  philosophers(seats, rounds, [&](int i) {
    watch.Sits(i);
    if (watch.Eats(one) && watch.Eats(other)) together = true;
    watch.Rises(i);
  });
  watch.TellAll();
  Tell("together", together ? 1 : 0);
}

// guests SEATS ROUNDS: which threads eat, and are they gone afterwards? Each takes its time to end.
inline void Guests(Words words) {
  const int seats = words.Int();
  static std::atomic<int> ended = 0;
  struct Farewell {
    ~Farewell() {
      std::this_thread::sleep_for(
          std::chrono::milliseconds(20));  // sleep under test: who waits for the end waits longer
      ++ended;
    }
  };
  std::mutex mutex;
  std::set<std::pair<int, std::thread::id>> guests;
  std::set<std::thread::id> threads;
  philosophers(seats, words.Int(), [&](int i) {
    thread_local Farewell farewell;
    const Farewell& used = farewell;
    static_cast<void>(used);
    const std::lock_guard lock(mutex);
    guests.emplace(i, std::this_thread::get_id());
    threads.insert(std::this_thread::get_id());
  });
  Tell("ended", ended);
  const std::lock_guard lock(mutex);
  Tell("threads", static_cast<std::int64_t>(threads.size()));
  Tell("guests", static_cast<std::int64_t>(guests.size()));
}

// seats N ROUNDS: how does philosophers() end?
inline void Seats(Words words) {
  std::atomic<int> meals = 0;
  while (words.More()) {
    const int seats = words.Int();
    const int rounds = words.Int();
    Tell("ending", Ending([&] {
           philosophers(seats, rounds, [&](int) { ++meals; });
           return std::string("returned");
         }));
  }
  Tell("meals", meals);
}

// long_meal SEATS MILLISECONDS: the first to eat eats long; its neighbours wait.
inline void LongMeal(Words words) {
  const int seats = words.Int();
  const std::chrono::milliseconds takes(words.Int());
  std::atomic<bool> first = true;
  std::atomic<int> meals = 0;
  philosophers(seats, 2, [&](int) {
    ++meals;
    if (first.exchange(false)) ComputeFor(takes);
  });
  Tell("meals", meals);
}

}  // namespace driver
