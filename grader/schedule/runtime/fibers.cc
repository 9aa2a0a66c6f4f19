#include "grader/schedule/runtime/fibers.h"

#include <dlfcn.h>
#include <immintrin.h>
#include <stdlib.h>
#include <sys/auxv.h>

#include "grader/schedule/runtime/exit.h"
#include "grader/schedule/runtime/memory_map.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"

// Saves what a called function must keep on the stack, and continues where `to` was saved, with its fs.
extern "C" void GradeSwitchFiber(void** from, void* to, std::uint64_t thread_pointer);
asm(R"(
.text
.globl GradeSwitchFiber
.hidden GradeSwitchFiber
.type GradeSwitchFiber,@function
GradeSwitchFiber:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  subq $8, %rsp
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  wrfsbase %rdx
  fldcw 4(%rsp)
  ldmxcsr (%rsp)
  addq $8, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size GradeSwitchFiber, . - GradeSwitchFiber
)");

namespace grader::schedule::runtime {
namespace {

constexpr unsigned long kFsGsBase = 1 << 1;            // of AT_HWCAP2
constexpr std::size_t kKernelThreadsPart = 32 * 1024;  // of a stack, at its top: its sleeping kernel thread's frames

bool have_fibers = false;
bool probed = false;

using CreateFunction = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);

__attribute__((target("fsgsbase"))) Address ThreadPointer() { return _readfsbase_u64(); }

// What the C library puts at the top of a stack that it is given: thread-local storage, and the thread's descriptor.
std::size_t LocalStorageSize() {
  using Function = void (*)(std::size_t*, std::size_t*);
  static const auto tell = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, "_dl_get_tls_static_info"));
  std::size_t size = 64 * 1024;
  std::size_t alignment = 64;
  if (tell != nullptr) tell(&size, &alignment);
  return size + alignment;
}

// The C library fills in what isalpha() and others read in each thread when it starts, which is too late for us.
void PrepareCharacterTables() {
  using Function = void (*)();
  static const auto prepare = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "__ctype_init"));
  if (prepare != nullptr) prepare();
}

// Registers as GradeSwitchFiber expects them, so that it "returns" into function.
void* PrepareStack(Address top, void (*function)()) {
  auto* stack = reinterpret_cast<std::uint64_t*>(top & ~Address{63});
  *--stack = 0;  // the end, for whoever unwinds
  *--stack = reinterpret_cast<std::uint64_t>(function);
  for (int i = 0; i < 6; ++i) *--stack = 0;
  --stack;
  auto* control = reinterpret_cast<std::uint32_t*>(stack);
  asm volatile("stmxcsr %0" : "=m"(control[0]));
  asm volatile("fnstcw %0" : "=m"(control[1]));
  return stack;
}

void BeginFiber() {
  PrepareCharacterTables();
  reinterpret_cast<void (*)()>(current->exit_buffer[0])();
  __builtin_unreachable();
}

// What the kernel thread does: nothing until its fiber has ended, or, without fibers, all.
void* Carry(void* argument) {
  auto& thread = *static_cast<Thread*>(argument);
  if (have_fibers) {
    WaitFor(thread.released);
    return nullptr;
  }
  WaitFor(thread.turn);
  PrepareHandlerStack();
  BeginFiber();
  return nullptr;
}

}  // namespace

bool HaveFibers() {
  // For tests: as on a machine that cannot.
  const bool refused = getenv("GRADE_SCHEDULE_WITHOUT_FIBERS") != nullptr;
  if (!probed) have_fibers = !refused && (getauxval(AT_HWCAP2) & kFsGsBase) != 0;
  probed = true;
  return have_fibers;
}

void SwitchTo(Thread& to) {
  Thread& from = *current;
  current = &to;
  if (have_fibers) {
    GradeSwitchFiber(&from.stack_pointer, to.stack_pointer, to.thread_pointer);
    return;
  }
  const bool ended = from.state == ThreadState::kEnded;
  Post(to.turn);
  if (!ended) WaitFor(from.turn);
  while (ended) WaitFor(from.released);
}

void RunOnMainStack(void (*function)()) {
  Thread& main = *threads[0];
  main.stack = kStackBase;
  main.stack_size = kStackSize;
  MapAt(main.stack, main.stack_size);
  if (!HaveFibers()) {
    asm volatile("movq %0, %%rsp\n xorl %%ebp, %%ebp\n pushq $0\n jmp *%1"
                 :
                 : "a"((main.stack + main.stack_size) & ~Address{63}), "d"(function)
                 : "memory");
    __builtin_unreachable();
  }
  main.thread_pointer = ThreadPointer();
  void* abandoned = nullptr;
  GradeSwitchFiber(&abandoned, PrepareStack(main.stack + main.stack_size, function), main.thread_pointer);
  __builtin_unreachable();
}

bool StartFiber(Thread& thread, void (*function)()) {
  static const auto create = reinterpret_cast<CreateFunction>(dlsym(RTLD_NEXT, "pthread_create"));
  thread.stack = kStackBase + kStackStride * static_cast<Address>(thread.number);
  thread.stack_size = kStackSize;
  MapAt(thread.stack, thread.stack_size);
  static const std::size_t not_ours = LocalStorageSize() + kKernelThreadsPart;
  if (not_ours > thread.stack_size / 2) EndUnsupported("more than 4 MB of thread_local variables", thread.created);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, reinterpret_cast<void*>(thread.stack), thread.stack_size);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_JOINABLE);
  thread.exit_buffer[0] = reinterpret_cast<void*>(function);
  const int error = create(&thread.real, &attributes, Carry, &thread);
  pthread_attr_destroy(&attributes);
  if (error != 0) return false;
  // The C library's handle is the address that fs holds in that thread, and its storage is ready.
  thread.thread_pointer = thread.real;
  thread.stack_pointer = PrepareStack(thread.stack + thread.stack_size - not_ours, BeginFiber);
  return true;
}

void ReleaseFiber(Thread& thread) {
  if (have_fibers) Post(thread.released);
}

}  // namespace grader::schedule::runtime
