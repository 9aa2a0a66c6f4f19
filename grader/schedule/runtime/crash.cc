// Signals of crashes, and computing without end.
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>

#include "grader/schedule/runtime/exit.h"
#include "grader/schedule/runtime/fibers.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

constexpr int kCrashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS};
constexpr std::size_t kHandlerStack = 64 * 1024;
constexpr int kIdleTicks = 3;

Pc ProgramCounter(void* context) {
  return static_cast<Pc>(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
}

// In the program itself, which is linked to low addresses.
bool InProgram(Pc pc) { return pc < 0x80000000; }

// Just below the stack of the current thread, where nothing is mapped.
bool BelowStack(Address address) {
  const Thread& thread = *current;
  return address < thread.stack && address >= thread.stack - (kStackStride - kStackSize);
}

const char* NameOf(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV";
    case SIGBUS:
      return "SIGBUS";
    case SIGFPE:
      return "SIGFPE";
    case SIGILL:
      return "SIGILL";
    case SIGTRAP:
      return "SIGTRAP";
    case SIGSYS:
      return "SIGSYS";
    default:
      return "SIGABRT";
  }
}

// The place in the student's code: where the signal came, if that is there, else its latest call from there.
Spot SpotOfSignal(void* context) {
  const Pc pc = ProgramCounter(context);
  return {InProgram(pc) ? pc + 1 : current->latest_pc, current->context};
}

void OnCrash(int signal, siginfo_t* info, void* context) {
  if (!in_run) {
    Fault("scheduler: a crash outside the program");
  }
  const Address address = AddressOf(info->si_addr);
  const bool memory = signal == SIGSEGV || signal == SIGBUS;
  FindingKind kind = signal == SIGABRT ? FindingKind::kAborted : FindingKind::kCrashed;
  if (memory && BelowStack(address)) kind = FindingKind::kStackOverflow;
  Finding& finding = AddFinding(kind, Operation::kNone, SpotOfSignal(context));
  SetText(finding, NameOf(signal), signal == SIGSYS ? "a system call of its own, past the C library" : nullptr);
  finding.places[0].address = memory ? address : 0;
  EndFound();
}

// The current thread loops in its own code without an access, perhaps since the compiler found that nobody else may
// change what it looks at. Lets the others go on: one of them will, and that race is worth telling.
[[noreturn]] void LeaveStuck(const Spot& spot) {
  sigset_t ticks;
  sigemptyset(&ticks);
  sigaddset(&ticks, SIGVTALRM);
  sigprocmask(SIG_UNBLOCK, &ticks, nullptr);
  current->stuck = true;
  current->pending = {Operation::kNone, nullptr, spot, false};
  LeaveForever();
}

// Each half second of processor time.
void OnTick(int, siginfo_t*, void* context) {
  static std::uint64_t seen = ~0ull;
  static int idle = 0;
  const std::uint64_t progress = steps + accesses;
  idle = progress == seen ? idle + 1 : 0;
  seen = progress;
  if (idle < kIdleTicks || !in_run) return;
  idle = 0;
  const Spot spot = SpotOfSignal(context);
  if (HaveFibers() && InProgram(ProgramCounter(context))) LeaveStuck(spot);
  AddFinding(FindingKind::kStuck, Operation::kNone, spot);
  EndFound();
}

void Handle(int signal, void (*handler)(int, siginfo_t*, void*), int flags) {
  struct sigaction action = {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | flags;
  sigaction(signal, &action, nullptr);
}

}  // namespace

void PrepareHandlerStack() {
  stack_t stack = {};
  stack.ss_sp = OwnMemory(kHandlerStack);
  stack.ss_size = kHandlerStack;
  sigaltstack(&stack, nullptr);
}

void WatchForCrashes() {
  PrepareHandlerStack();
  for (const int signal : kCrashes) Handle(signal, OnCrash, SA_ONSTACK | SA_RESETHAND);
  // On the thread's own stack, as it may be left there.
  Handle(SIGVTALRM, OnTick, SA_RESTART);
  const itimerval half_seconds{{0, 500'000}, {0, 500'000}};
  RawCall(SYS_setitimer, ITIMER_VIRTUAL, Arg(&half_seconds), 0);
}

}  // namespace grader::schedule::runtime
