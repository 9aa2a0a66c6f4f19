// The pool of lab 5. What each function must do is said in pool.hpp; the handout, labs/lab05-pool/README.md, says how
// one may go about it.
#include "pool.hpp"

namespace pool {
namespace {

[[noreturn]] void NotWrittenYet(const char* what) {
  throw std::runtime_error(std::string(what) + " is not written yet");
}

}  // namespace

// TODO: what is known about one task: whether it is done, its result or why there is none, and who can find out.
struct State {};

std::string Wait([[maybe_unused]] State& state, [[maybe_unused]] std::optional<std::chrono::nanoseconds> timeout) {
  // TODO: sleep until the task is done. Meanwhile take every result that comes, and give idle workers their next tasks.
  NotWrittenYet("get()");
}

bool IsReady([[maybe_unused]] State& state) {
  // TODO: do what can be done without waiting; then say whether the task is done.
  NotWrittenYet("ready()");
}

// TODO: sched_getaffinity(2).
Pool::Pool() : Pool(1) {}

Pool::Pool([[maybe_unused]] int workers) {
  // TODO: fork the workers. A worker loops: receive a task, call it, flush what it has printed, send the result.
  NotWrittenYet("Pool()");
}

Pool::~Pool() {
  // TODO: terminate().
}

std::shared_ptr<State> Pool::submit([[maybe_unused]] Task task) {
  // TODO: put it into the queue; if a worker is idle, it can begin.
  NotWrittenYet("apply_async()");
}

void Pool::close() {
  // TODO
  NotWrittenYet("close()");
}

void Pool::join() {
  // TODO: as get(), until nothing is left to do; then let the workers end, and reap them.
  NotWrittenYet("join()");
}

void Pool::terminate() {
  // TODO: kill(2), waitpid(2).
  NotWrittenYet("terminate()");
}

}  // namespace pool
