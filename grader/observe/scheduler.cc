#include "grader/observe/scheduler.h"

#include <sys/syscall.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace grader::observe {
namespace {

constexpr unsigned kSleepPercent = 50;

// How likely a change is before a call. What was looked at before counts most where it is acted on, or slept on; making
// and ending processes is where orders differ anyway.
unsigned ChangePercent(int call) {
  switch (call) {
    case -1:
      return 8;
    case SYS_write:
    case SYS_pwrite64:
    case SYS_writev:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_truncate:
    case SYS_ftruncate:
    case SYS_unlink:
    case SYS_unlinkat:
    case SYS_rename:
    case SYS_renameat:
    case SYS_renameat2:
    case SYS_open:
    case SYS_openat:
    case SYS_kill:
    case SYS_tgkill:
    case SYS_rt_sigaction:
    case SYS_rt_sigsuspend:
    case SYS_pause:
    case SYS_futex:
    case SYS_semop:
    case SYS_msgsnd:
    case SYS_mq_timedsend:
      return 30;
    case SYS_fork:
    case SYS_vfork:
    case SYS_clone:
    case SYS_execve:
    case SYS_exit:
    case SYS_exit_group:
    case SYS_wait4:
    case SYS_waitid:
    case SYS_close:
    case SYS_pipe:
    case SYS_pipe2:
    case SYS_newfstatat:
    case SYS_rt_sigprocmask:
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
      return 4;
    default:
      return 20;
  }
}

// SplitMix64: an own priority for each task, in whatever order they are met.
std::uint64_t Mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

constexpr std::int64_t kHighestDrawn = std::numeric_limits<std::int64_t>::max() / 2;

std::int64_t AsPriority(std::uint64_t random) { return static_cast<std::int64_t>(random >> 2U); }

}  // namespace

// Deep bugs need few changes at the right places, shallow ones are found by many: each gets its share of the seeds.
Scheduler::Scheduler(const Schedule& schedule)
    : seed_(Mix(schedule.seed)),
      random_(seed_),
      way_(schedule.seed % 3 == 0 ? Way::kFewChanges : Way::kManyChanges),
      changes_left_(schedule.change_points),
      highest_(kHighestDrawn) {}

Scheduler::Choice Scheduler::Choose(const std::vector<Candidate>& candidates) {
  Choice choice;
  choice.index = Best(candidates);
  if (candidates.size() > 1 && changes_left_ > 0) {
    if (way_ == Way::kManyChanges) {
      ChangeOften(candidates, choice);
    } else {
      ChangeSeldom(candidates, choice);
    }
  }
  const Name& chosen = candidates[choice.index].name;
  turn_ = chosen == last_ && candidates.size() > 1 ? turn_ + 1 : 0;
  last_ = chosen;
  if (turn_ >= kLongestTurn) PutBack(chosen);
  return choice;
}

// Whose turn it was comes after all others, for good.
void Scheduler::ChangeSeldom(const std::vector<Candidate>& candidates, Choice& choice) {
  while (changes_left_ > 0 && Chance(ChangePercent(candidates[choice.index].call) * 3 / 2)) {
    --changes_left_;
    PutBack(candidates[choice.index].name);
    choice.put_back.push_back(choice.index);
    choice.index = Best(candidates);
  }
}

// Whose turn it was gets another priority, and any of the others comes before all.
void Scheduler::ChangeOften(const std::vector<Candidate>& candidates, Choice& choice) {
  const std::size_t former = choice.index;
  if (!Chance(ChangePercent(candidates[former].call) * 2)) return;
  choice.put_back.push_back(former);
  choice.index = random_() % (candidates.size() - 1);
  if (choice.index >= former) ++choice.index;
  PriorityOf(candidates[former].name) = AsPriority(random_());
  PriorityOf(candidates[choice.index].name) = ++highest_;
}

void Scheduler::Slept(const Name& name) {
  if (Chance(kSleepPercent)) PutBack(name);
}

std::int64_t& Scheduler::PriorityOf(const Name& name) {
  const auto [priority, is_new] = priorities_.try_emplace(name, 0);
  if (is_new) {
    const auto place = static_cast<std::uint64_t>(name.process) << 32U | name.thread;
    priority->second = AsPriority(Mix(seed_ ^ Mix(place)));
  }
  return priority->second;
}

// Of equal ones the first, in the order of creation.
std::size_t Scheduler::Best(const std::vector<Candidate>& candidates) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    const auto rank = [&](std::size_t j) { return std::pair(-PriorityOf(candidates[j].name), candidates[j].name); };
    if (rank(i) < rank(best)) best = i;
  }
  return best;
}

bool Scheduler::Chance(unsigned percent) { return random_() % 100 < percent; }

void Scheduler::PutBack(const Name& name) { PriorityOf(name) = --lowest_; }

}  // namespace grader::observe
