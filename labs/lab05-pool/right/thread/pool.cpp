// The pool's public face; the work is done in crew.hpp, worker.hpp and, by the worker processes, in worker_loop.hpp.
#include "pool.hpp"

#include <sched.h>

#include "crew.hpp"

namespace pool {
namespace {

int Cpus() {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  if (::sched_getaffinity(0, sizeof cpus, &cpus) != 0) return 1;
  return CPU_COUNT(&cpus);
}

int AtLeastOne(int workers) {
  if (workers < 1) throw std::invalid_argument("a pool needs at least one worker");
  return workers;
}

}  // namespace

std::string Wait(State& state, std::optional<std::chrono::nanoseconds> timeout) {
  const auto deadline = timeout ? std::optional(Clock::now() + *timeout) : std::nullopt;
  const auto crew = state.crew.lock();
  if (crew && !crew->Await(state, deadline)) throw Timeout("the task is not done yet");
  if (state.fate == State::Fate::kThrew) throw TaskFailed(state.bytes);
  if (state.fate == State::Fate::kLost) throw WorkerLost(state.bytes);
  return state.bytes;
}

bool IsReady(State& state) {
  const auto crew = state.crew.lock();
  return crew ? crew->Await(state, Clock::now()) : state.fate != State::Fate::kOpen;
}

Pool::Pool() : Pool(Cpus()) {}

Pool::Pool(int workers) : crew_(std::make_shared<Crew>(AtLeastOne(workers))) {}

Pool::~Pool() { terminate(); }

std::shared_ptr<State> Pool::submit(Task task) {
  if (crew_->closed()) throw Closed("the pool takes no more tasks");
  auto state = std::make_shared<State>();
  state->crew = crew_;
  crew_->Add({std::move(task), state});
  return state;
}

void Pool::close() { crew_->Close(); }

void Pool::join() {
  if (!crew_->closed()) throw std::logic_error("join() before close() or terminate()");
  crew_->Join();
}

void Pool::terminate() { crew_->Kill(); }

}  // namespace pool
