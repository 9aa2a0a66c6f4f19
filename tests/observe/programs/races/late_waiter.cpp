// A flag that is set and announced. Wrong: looked at before the mutex is taken, so the announcement may come between.
#include <pthread.h>

#include "processes.h"

struct Event {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  volatile bool happened;
};

int main(int, char** argv) {
  const bool right = IsRight(argv);
  auto* const event = Shared<Event>();
  pthread_mutexattr_t mutex_shared;
  pthread_mutexattr_init(&mutex_shared);
  pthread_mutexattr_setpshared(&mutex_shared, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&event->mutex, &mutex_shared);
  pthread_condattr_t condition_shared;
  pthread_condattr_init(&condition_shared);
  pthread_condattr_setpshared(&condition_shared, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(&event->changed, &condition_shared);
  Child([&] {
    if (right) {
      pthread_mutex_lock(&event->mutex);
      while (!event->happened) pthread_cond_wait(&event->changed, &event->mutex);
    } else if (!event->happened) {
      getppid();
      pthread_mutex_lock(&event->mutex);
      pthread_cond_wait(&event->changed, &event->mutex);
    }
    pthread_mutex_unlock(&event->mutex);
    return 0;
  });
  usleep(20'000);
  pthread_mutex_lock(&event->mutex);
  event->happened = true;
  pthread_cond_signal(&event->changed);
  pthread_mutex_unlock(&event->mutex);
  return AllEndWell() ? 0 : 1;
}
