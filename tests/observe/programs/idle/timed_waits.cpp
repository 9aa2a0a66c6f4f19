// Every kind of wait that ends by itself, one after the other.
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <semaphore>

using namespace std::chrono_literals;

int main() {
  std::mutex m;
  std::condition_variable condition;
  std::unique_lock lock(m);
  condition.wait_for(lock, 60ms);

  sem_t semaphore;
  sem_init(&semaphore, 0, 0);
  timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += 60'000'000;
  until.tv_sec += until.tv_nsec / 1'000'000'000;
  until.tv_nsec %= 1'000'000'000;
  sem_timedwait(&semaphore, &until);

  int ends[2];
  pipe(ends);
  pollfd polled{ends[0], POLLIN, 0};
  poll(&polled, 1, 60);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[0], &set);
  timeval wait{0, 60'000};
  select(ends[0] + 1, &set, nullptr, nullptr, &wait);
  const int epoll = epoll_create1(0);
  epoll_event event{};
  epoll_wait(epoll, &event, 1, 60);

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  const timespec short_time{0, 60'000'000};
  sigtimedwait(&signals, nullptr, &short_time);

  const int semaphores = semget(IPC_PRIVATE, 1, 0600);
  sembuf take{0, -1, 0};
  semtimedop(semaphores, &take, 1, &short_time);
  semctl(semaphores, 0, IPC_RMID);

  int sockets[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, sockets);
  setsockopt(sockets[0], SOL_SOCKET, SO_RCVTIMEO, &(wait = {0, 60'000}), sizeof wait);
  char c;
  read(sockets[0], &c, 1);
}
