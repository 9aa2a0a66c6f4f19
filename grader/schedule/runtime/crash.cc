// Signals of crashes, and computing without end.
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>

#include "grader/schedule/runtime/exit.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"

namespace grader::schedule::runtime {
namespace {

constexpr int kCrashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS};
constexpr std::size_t kHandlerStack = 64 * 1024;
constexpr int kIdleTicks = 2;  // seconds of processor time

Pc ProgramCounter(void* context) {
  return static_cast<Pc>(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
}

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
  const bool in_program = pc < 0x10000000;
  return {in_program ? pc + 1 : current->latest_pc, current->context};
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
  SetText(finding, NameOf(signal));
  finding.places[0].address = memory ? address : 0;
  EndFound();
}

// Each second of processor time.
void OnTick(int, siginfo_t*, void* context) {
  static std::uint64_t seen = ~0ull;
  static int idle = 0;
  const std::uint64_t progress = steps + accesses;
  idle = progress == seen ? idle + 1 : 0;
  seen = progress;
  if (idle < kIdleTicks || !in_run) return;
  AddFinding(FindingKind::kStuck, Operation::kNone, SpotOfSignal(context));
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
  Handle(SIGVTALRM, OnTick, SA_RESTART | SA_ONSTACK);
  const itimerval each_second{{1, 0}, {1, 0}};
  RawCall(SYS_setitimer, ITIMER_VIRTUAL, Arg(&each_second), 0);
}

}  // namespace grader::schedule::runtime
