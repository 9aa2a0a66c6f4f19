// pthreads, and a list of records that count who still needs them.
#include "thread.hpp"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <stdexcept>
#include <system_error>

struct Record {
  std::function<void()> target;
  std::string name;
  bool daemon;
  int phase;  // 0 new, 1 alive, 2 ended
  int users;
  Thread* object;
  Record* next;
  void (*run)(Thread*);
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t current;
static Record* first = NULL;
static int unnamed = 0;

static void WaitForAll() {
  pthread_mutex_lock(&lock);
  for (;;) {
    bool wait = false;
    for (Record* r = first; r != NULL; r = r->next) {
      if (!r->daemon && r != pthread_getspecific(current)) wait = true;
    }
    if (!wait) break;
    pthread_cond_wait(&changed, &lock);
  }
  pthread_mutex_unlock(&lock);
}

static void Initialize() {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&changed, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_key_create(&current, NULL);
  atexit(WaitForAll);
}

static Record* NewRecord(ThreadOptions& options) {
  pthread_once(&once, Initialize);
  Record* r = new Record();
  r->users = 1;
  r->daemon = options.daemon;
  pthread_mutex_lock(&lock);
  if (options.name.empty()) {
    r->name = "Thread-" + std::to_string(++unnamed);
  } else {
    r->name = options.name;
  }
  pthread_mutex_unlock(&lock);
  return r;
}

// Called with the lock held.
static bool Drop(Record* r) { return --r->users == 0; }

static void Complain(Record* r, const char* what) {
  pthread_mutex_lock(&lock);
  fprintf(stderr, "Exception in thread %s: %s\n", r->name.c_str(), what);
  pthread_mutex_unlock(&lock);
}

static void* Body(void* argument) {
  Record* r = (Record*)argument;
  pthread_setspecific(current, r);
  try {
    if (r->target) {
      r->target();
    } else {
      r->run(r->object);
    }
  } catch (std::exception& e) {
    Complain(r, e.what());
  } catch (...) {
    Complain(r, "?");
  }
  r->target = nullptr;
  pthread_mutex_lock(&lock);
  r->phase = 2;
  Record** link = &first;
  while (*link != r) link = &(*link)->next;
  *link = r->next;
  pthread_cond_broadcast(&changed);
  const bool last = Drop(r);
  pthread_mutex_unlock(&lock);
  if (last) delete r;
  return NULL;
}

Thread::Thread(std::function<void()> target, ThreadOptions options) {
  if (target == nullptr) throw std::invalid_argument("target");
  record_ = NewRecord(options);
  record_->target = target;
  record_->object = this;
}

Thread::Thread(ThreadOptions options) {
  record_ = NewRecord(options);
  record_->object = this;
}

Thread::~Thread() {
  pthread_mutex_lock(&lock);
  const bool last = Drop(record_);
  pthread_mutex_unlock(&lock);
  if (last) delete record_;
}

void Thread::run() {}

void Thread::start() {
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_mutex_lock(&lock);
  if (record_->phase != 0) {
    pthread_mutex_unlock(&lock);
    throw std::logic_error("already started");
  }
  record_->run = [](Thread* object) { object->run(); };
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  record_->users++;
  const int error = pthread_create(&thread, &attributes, Body, record_);
  pthread_attr_destroy(&attributes);
  if (error != 0) {
    record_->users--;
  } else {
    record_->phase = 1;
    record_->next = NULL;
    Record** link = &first;
    while (*link != NULL) link = &(*link)->next;
    *link = record_;
  }
  pthread_mutex_unlock(&lock);
  if (error != 0) throw std::system_error(error, std::generic_category(), "pthread_create");
}

static void Check(Record* r) {
  const char* problem = NULL;
  if (r->phase == 0) problem = "not started";
  if (pthread_getspecific(current) == r) problem = "cannot join itself";
  if (problem == NULL) return;
  pthread_mutex_unlock(&lock);
  throw std::logic_error(problem);
}

void Thread::join() {
  pthread_mutex_lock(&lock);
  Check(record_);
  while (record_->phase != 2) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
}

bool Thread::join(std::chrono::nanoseconds timeout) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  long long ns = timeout.count() > 0 ? timeout.count() : 0;
  ns += end.tv_nsec;
  end.tv_sec += ns / 1000000000;
  end.tv_nsec = ns % 1000000000;
  pthread_mutex_lock(&lock);
  Check(record_);
  int result = 0;
  while (record_->phase != 2 && result != ETIMEDOUT) result = pthread_cond_timedwait(&changed, &lock, &end);
  const bool ended = record_->phase == 2;
  pthread_mutex_unlock(&lock);
  return ended;
}

bool Thread::is_alive() const {
  pthread_mutex_lock(&lock);
  const bool alive = record_->phase == 1;
  pthread_mutex_unlock(&lock);
  return alive;
}

std::string Thread::name() const {
  pthread_mutex_lock(&lock);
  std::string copy = record_->name;
  pthread_mutex_unlock(&lock);
  return copy;
}

void Thread::set_name(std::string name) {
  pthread_mutex_lock(&lock);
  record_->name = name;
  pthread_mutex_unlock(&lock);
}

bool Thread::daemon() const {
  pthread_mutex_lock(&lock);
  const bool daemon = record_->daemon;
  pthread_mutex_unlock(&lock);
  return daemon;
}

void Thread::set_daemon(bool daemon) {
  pthread_mutex_lock(&lock);
  const bool late = record_->phase != 0;
  if (!late) record_->daemon = daemon;
  pthread_mutex_unlock(&lock);
  if (late) throw std::logic_error("set_daemon after start");
}

std::vector<ThreadInfo> Thread::enumerate() {
  std::vector<ThreadInfo> all;
  all.push_back({"MainThread", false});
  pthread_mutex_lock(&lock);
  for (Record* r = first; r != NULL; r = r->next) all.push_back({r->name, r->daemon});
  pthread_mutex_unlock(&lock);
  return all;
}
