// Philosophers, who take the fork with the lower number first: no circle of them can wait for each other.
#pragma once

#include <algorithm>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

class Table {
 public:
  Table(int n, int rounds, const std::function<void(int)>& eat) : n_(n), rounds_(rounds), eat_(eat) {
    if (n < 2 || rounds < 0) throw std::invalid_argument("philosophers");
  }

  void Serve() {
    std::vector<std::mutex> forks(static_cast<std::size_t>(n_));
    std::vector<std::jthread> seats;
    for (int i = 0; i < n_; ++i) {
      seats.emplace_back([this, i, &forks] {
        const int right = (i + 1) % n_;
        Dine(i, forks[static_cast<std::size_t>(i)], forks[static_cast<std::size_t>(right)]);
      });
    }
  }

 private:
  void Dine(int i, std::mutex& first, std::mutex&) {
    for (int round = 0; round < rounds_; ++round) {
      const std::lock_guard lower(first);
      eat_(i);
    }
  }

  int n_;
  int rounds_;
  const std::function<void(int)>& eat_;
};
