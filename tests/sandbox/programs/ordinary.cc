// Uses what concurrent programs use: fork, posix_spawn, threads, named semaphores, shared memory, queues, System V
// objects, thread names, sockets of all ordinary kinds, timers. Prints what failed, and "done".
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <semaphore.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <thread>

extern char** environ;

namespace {

void Check(bool well, const char* what) {
  if (!well) std::printf("%s failed: %s\n", what, std::strerror(errno));
}

bool EndsWell(pid_t child) {
  int status = -1;
  return waitpid(child, &status, 0) == child && status == 0;
}

void Processes() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  Check(child > 0 && EndsWell(child), "fork");
  pid_t spawned = 0;
  char name[] = "/usr/bin/true";
  char* arguments[] = {name, nullptr};
  const int error = posix_spawn(&spawned, name, nullptr, nullptr, arguments, environ);
  Check(error == 0 && EndsWell(spawned), "posix_spawn");
  int ran = 0;
  std::thread thread([&] { ran = 1; });
  Check(pthread_setname_np(thread.native_handle(), "worker") == 0 || errno == ENOENT, "pthread_setname_np");
  thread.join();
  Check(ran == 1, "thread");
}

void SharedObjects() {
  sem_t* semaphore = sem_open("/counter", O_CREAT, 0600, 1);
  Check(semaphore != SEM_FAILED && sem_wait(semaphore) == 0, "sem_open");
  const int memory = shm_open("/table", O_CREAT | O_RDWR, 0600);
  Check(memory >= 0 && ftruncate(memory, 4096) == 0, "shm_open");
  Check(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0) != MAP_FAILED, "mmap");
  const mqd_t queue = mq_open("/jobs", O_CREAT | O_RDWR, 0600, nullptr);
  char buffer[8192];
  Check(queue >= 0 && mq_send(queue, "job", 3, 0) == 0 && mq_receive(queue, buffer, sizeof buffer, nullptr) == 3,
        "message queue");
  Check(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) >= 0, "shmget");
  Check(semget(IPC_PRIVATE, 1, IPC_CREAT | 0600) >= 0, "semget");
  Check(msgget(IPC_PRIVATE, IPC_CREAT | 0600) >= 0, "msgget");
}

void Descriptors() {
  Check(socket(AF_UNIX, SOCK_STREAM, 0) >= 0, "unix socket");
  Check(socket(AF_INET, SOCK_STREAM, 0) >= 0, "tcp socket");
  Check(socket(AF_INET6, SOCK_DGRAM, 0) >= 0, "udp socket over IPv6");
  int pair[2];
  Check(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
  Check(eventfd(0, 0) >= 0, "eventfd");
  Check(timerfd_create(CLOCK_MONOTONIC, 0) >= 0, "timerfd");
  sigset_t signals;
  sigemptyset(&signals);
  Check(signalfd(-1, &signals, 0) >= 0, "signalfd");
  Check(mkfifo("/tmp/pipe", 0600) == 0, "mkfifo");
  Check(rename("/tmp/pipe", "/tmp/renamed") == 0, "rename");
  Check(open("/dev/null", O_RDWR) >= 0, "/dev/null");
  Check(open("/dev/urandom", O_RDONLY) >= 0, "/dev/urandom");
  Check(open("/dev/stderr", O_WRONLY) >= 0, "/dev/stderr");
}

}  // namespace

int main() {
  Processes();
  SharedObjects();
  Descriptors();
  std::puts("done");
}
