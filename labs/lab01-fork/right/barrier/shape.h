// fork shape: all processes meet at one barrier in shared memory.
#pragma once

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <vector>

#include "basics.h"
#include "plan.h"

namespace lab {

inline void Live(const Plan& plan, pthread_barrier_t* everybody_is_here) {
  std::vector<pid_t> children;
  for (const Plan& below : plan.children) {
    children.push_back(StartChild([&] {
      Live(below, everybody_is_here);
      return 0;
    }));
  }
  pthread_barrier_wait(everybody_is_here);
  for (const pid_t child : children) WaitFor(child);
}

inline int Shape(const Plan& plan) {
  void* memory = mmap(nullptr, sizeof(pthread_barrier_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Fail("mmap");
  auto* barrier = static_cast<pthread_barrier_t*>(memory);
  pthread_barrierattr_t shared;
  pthread_barrierattr_init(&shared);
  pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
  pthread_barrier_init(barrier, &shared, static_cast<unsigned>(CountDescendants(plan)) + 1);
  Live(plan, barrier);
  munmap(memory, sizeof(pthread_barrier_t));
  return 0;
}

}  // namespace lab
