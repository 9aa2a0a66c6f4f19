// The main thread ends first; the process goes on and ends with 4.
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_t main_thread;

static void* Last(void*) {
  pthread_join(main_thread, nullptr);
  exit(4);
}

int main() {
  main_thread = pthread_self();
  pthread_t thread;
  pthread_create(&thread, nullptr, Last, nullptr);
  pthread_exit(nullptr);
}
