// driver TIMES: two threads add so often each, one by one; tells what they came to.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "count.h"

namespace {

int times;

void* AddAll(void*) {
  for (int i = 0; i < times; ++i) Add();
  return nullptr;
}

}  // namespace

int main(int, char* argv[]) {
  times = atoi(argv[1]);
  pthread_t threads[2];
  for (pthread_t& each : threads) pthread_create(&each, nullptr, AddAll, nullptr);
  for (pthread_t& each : threads) pthread_join(each, nullptr);
  printf("count %d\n", Count());
}
