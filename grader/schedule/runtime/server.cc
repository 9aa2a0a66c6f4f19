#include "grader/schedule/runtime/server.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <initializer_list>

#include "grader/schedule/runtime/exit.h"
#include "grader/schedule/runtime/fibers.h"
#include "grader/schedule/runtime/libraries.h"
#include "grader/schedule/runtime/original.h"
#include "grader/schedule/runtime/profile.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/seal.h"
#include "grader/schedule/runtime/strategy.h"
#include "grader/schedule/runtime/thread_calls.h"

namespace grader::schedule::runtime {
namespace {

using MainFunction = int(int, char**, char**);

MainFunction* main_function = nullptr;
int main_argc = 0;
char** main_argv = nullptr;
char** main_envp = nullptr;

// Where orders come from and results go to, out of the way of student code.
int orders = -1;
int results = -1;

// How much static constructors have written.
long written_before[2] = {0, 0};

std::uint64_t input_hash = 0;
char input[kMostInput];

// The highest free number that the limit on open files allows, so that nobody meets it by chance.
int MoveAway(int fd) {
  for (const int from : {960, 480, 240, 120, 60, 20}) {
    const long moved = RawCall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, from);
    if (moved >= 0) return static_cast<int>(moved);
  }
  Fault("scheduler: no room for a descriptor");
}

void ReplaceByMemory(int fd, const char* name) {
  const long memory = RawCall(SYS_memfd_create, Arg(name), 0);
  if (memory < 0) Fault("scheduler: memfd_create");
  RawCall(SYS_dup2, memory, fd);
  if (memory != fd) RawCall(SYS_close, memory);
}

constexpr std::size_t kMostVariables = 256;

// The environment, and a word to the dynamic linker: what it looks up now it need not look up in every run.
char** BoundNow(char** envp) {
  static char word[] = "LD_BIND_NOW=1";
  static char* variables[kMostVariables + 2] = {word};
  for (std::size_t i = 0; envp[i] != nullptr; ++i) {
    if (i == kMostVariables) return envp;
    variables[i + 1] = envp[i];
  }
  return variables;
}

// With addresses that are the same each time, also those of the main thread's descriptor and of libraries. The program
// starts anew for that; where that is not allowed they differ, which few programs notice.
void FixAddresses(char** argv, char** envp) {
  const long persona = RawCall(SYS_personality, 0xffffffff);
  if (persona < 0 || (persona & ADDR_NO_RANDOMIZE) != 0) return;
  if (RawCall(SYS_personality, persona | ADDR_NO_RANDOMIZE) < 0) return;
  RawCall(SYS_execve, Arg("/proc/self/exe"), Arg(argv), Arg(BoundNow(envp)));
}

// Before any code of the student runs: its static constructors come after those of the libraries it needs.
__attribute__((constructor)) void TakeChannels(int, char** argv, char** envp) {
  FixAddresses(argv, envp);
  orders = MoveAway(0);
  results = MoveAway(1);
  GuardChannels(orders, results);
  ReplaceByMemory(0, "input");
  ReplaceByMemory(1, "output");
  ReplaceByMemory(2, "errors");
}

template <typename T>
T* Shared() {
  const long at =
      RawCall(SYS_mmap, 0, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at < 0) Fault("scheduler: no shared memory");
  return reinterpret_cast<T*>(at);
}

long SizeOf(int fd) { return RawCall(SYS_lseek, fd, 0, SEEK_END); }

void Truncate(int fd, long size) {
  RawCall(SYS_ftruncate, fd, size);
  RawCall(SYS_lseek, fd, size, SEEK_SET);
}

void ProvideInput() {
  Truncate(0, 0);
  WriteAll(0, input, current_order.input_size);
  RawCall(SYS_lseek, 0, 0, SEEK_SET);
}

[[noreturn]] void RunChild() {
  RawCall(SYS_close, orders);
  RawCall(SYS_close, results);
  WatchForCrashes();
  RunMain();
}

void Forget() {
  report->result = {};
  report->result.index = current_order.index;
}

// The run's process has ended: whether the report is to be believed.
void Conclude(int wait_status) {
  Result& result = report->result;
  if (!CountsFit(result)) Forget();
  if (report->ended && result.ending == Ending::kFault) return;
  if (!report->ended && WIFSIGNALED(wait_status)) {
    result.ending = Ending::kSignaled;
    result.status = WTERMSIG(wait_status);
  } else if (!SealAgrees()) {
    Forget();
    result.ending = Ending::kUnseen;
  } else if (result.ending == Ending::kExited && WIFEXITED(wait_status)) {
    result.status = WEXITSTATUS(wait_status);  // also where the C library ended it, without exit() being seen
  }
}

// Runs the order in a child and leaves what it was in the report.
void RunOnce() {
  report->ended = false;
  Forget();
  BeginSeal();
  Truncate(1, written_before[0]);
  Truncate(2, written_before[1]);
  ProvideInput();
  static const auto fork_process = Original<pid_t()>("fork");
  const pid_t child = fork_process();
  if (child < 0) Fault("scheduler: fork");
  if (child == 0) RunChild();
  int status = 0;
  while (RawCall(SYS_wait4, child, Arg(&status), 0, 0) < 0) {
  }
  Conclude(status);
}

void MakeProfile() {
  if (profile->made) return;
  const Order wanted = current_order;
  current_order = {};
  current_order.input_size = wanted.input_size;
  profile->target_count = 0;
  profile->length = 0;
  profiling = true;
  RunOnce();
  profiling = false;
  profile->made = true;
  current_order = wanted;
}

std::uint32_t BytesToSend(int fd, std::uint64_t& size) {
  size = static_cast<std::uint64_t>(SizeOf(fd));
  return static_cast<std::uint32_t>(size < kMostOutput ? size : kMostOutput);
}

// All, or the first and the last half of what there is room for.
void SendOutput(int fd, std::uint64_t size) {
  static char buffer[kMostOutput];
  const std::uint64_t head = size < kMostOutput ? size : kMostOutput / 2;
  const std::uint64_t tail = size < kMostOutput ? 0 : kMostOutput / 2;
  RawCall(SYS_pread64, fd, Arg(buffer), static_cast<long>(head), 0);
  RawCall(SYS_pread64, fd, Arg(buffer + head), static_cast<long>(tail), static_cast<long>(size - tail));
  WriteAll(results, buffer, head + tail);
}

template <typename T>
void SendArray(const T* elements, std::uint32_t count) {
  if (count > 0) WriteAll(results, elements, sizeof(T) * count);
}

void SendResult() {
  Result& result = report->result;
  result.out_bytes = BytesToSend(1, result.output_size);
  result.err_bytes = BytesToSend(2, result.error_size);
  WriteAll(results, &result, sizeof result);
  SendArray(report->findings, result.finding_count);
  SendArray(report->threads, result.thread_count);
  SendArray(report->objects, result.object_count);
  SendArray(report->edges, result.edge_count);
  SendArray(report->choices, result.choice_count);
  SendArray(report->steps, result.step_count);
  SendOutput(1, result.output_size);
  SendOutput(2, result.error_size);
}

bool ReadOrder() {
  if (!ReadAll(orders, &current_order, sizeof current_order)) return false;
  if (current_order.mark != kOrderMark || current_order.version != kVersion)
    Fault("scheduler: not an order of this version");
  if (current_order.prefix_count > kMostChoices || current_order.input_size > kMostInput)
    Fault("scheduler: the order is too large");
  if (!ReadAll(orders, PrefixRoom(), sizeof(ThreadNumber) * current_order.prefix_count)) return false;
  if (!ReadAll(orders, input, current_order.input_size)) return false;
  std::uint64_t hash = current_order.input_size;
  for (std::uint32_t i = 0; i < current_order.input_size; ++i) Mix(hash, static_cast<unsigned char>(input[i]));
  if (hash != input_hash) profile->made = false;
  input_hash = hash;
  return true;
}

// Instead of main().
int Serve(int argc, char** argv, char** envp) {
  main_argc = argc;
  main_argv = argv;
  main_envp = envp;
  report = Shared<Report>();
  profile = Shared<Profile>();
  // What the student printed must not be lost when a run ends in the middle.
  setvbuf(stdout, nullptr, _IOLBF, 0);
  WatchForTermination();
  NoteLibraries();
  written_before[0] = SizeOf(1);
  written_before[1] = SizeOf(2);
  Hello hello;
  hello.fibers = HaveFibers();
  hello.threads_before_main = static_cast<std::uint32_t>(threads_before_main);
  WriteAll(results, &hello, sizeof hello);
  while (ReadOrder()) {
    if (NeedsProfile(current_order.strategy)) MakeProfile();
    RunOnce();
    SendResult();
  }
  RawCall(SYS_exit_group, 0);
  return 0;
}

}  // namespace

int CallMain() {
  if (threads_before_main > 0) EndUnsupported("starting a thread before main()", Spot{});
  return main_function(main_argc, main_argv, main_envp);
}

}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE int __libc_start_main(MainFunction* student_main, int argc, char** argv, void (*init)(), void (*fini)(),
                                      void (*loader_fini)(), void* stack_end) {
  main_function = student_main;
  const auto start =
      Original<int(MainFunction*, int, char**, void (*)(), void (*)(), void (*)(), void*)>("__libc_start_main");
  return start(Serve, argc, argv, init, fini, loader_fini, stack_end);
}
