#include "grader/schedule/runtime/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <initializer_list>
#include <iterator>

#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"

namespace grader::schedule::runtime {
namespace {

// What is told over the line. Fewer bytes than it has room for, however many findings there are.
struct Seal {
  std::uint64_t findings = 0;  // told so far; more than the report has room for count as one more
  std::uint64_t report = 0;    // hash of it; 0: not complete yet
};

// Libraries and what the kernel maps for itself lie above; the program, its heap and the stacks of its threads below.
constexpr std::uint32_t kLibrariesHigh = 0x7000;  // upper half of the address

constexpr int kMostGuarded = 4;
int guarded[kMostGuarded] = {-1, -1, -1, -1};
int told = -1;  // the line's end for the run
int heard = -1;
Seal latest;

// The code of this library: from where system calls may use what is guarded.
struct Code {
  Address begin = 0;
  Address end = 0;
};

int FindCode(dl_phdr_info* library, size_t, void* found) {
  auto& code = *static_cast<Code*>(found);
  const Address here = reinterpret_cast<Address>(&GuardChannels);
  for (int i = 0; i < library->dlpi_phnum; ++i) {
    const auto& part = library->dlpi_phdr[i];
    const Address begin = library->dlpi_addr + part.p_vaddr;
    if (part.p_type != PT_LOAD || here < begin || here >= begin + part.p_memsz) continue;
    code = {begin, begin + part.p_memsz};
    return 1;
  }
  return 0;
}

// A small assembler of filters. Jumps are counted in instructions to be left out.
struct Filter {
  sock_filter code[96];
  unsigned short size = 0;

  void Add(unsigned op, std::uint32_t k, unsigned if_true = 0, unsigned if_false = 0) {
    code[size++] = {static_cast<__u16>(op), static_cast<__u8>(if_true), static_cast<__u8>(if_false), k};
  }
  void Load(std::size_t offset) { Add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
  void Return(std::uint32_t action) { Add(BPF_RET | BPF_K, action); }
  // Goes on if it is so, else leaves out so many.
  void Unless(unsigned test, std::uint32_t k, unsigned leave_out) { Add(BPF_JMP | test | BPF_K, k, 0, leave_out); }
  // Leaves out so many if it is so.
  void If(unsigned test, std::uint32_t k, unsigned leave_out) { Add(BPF_JMP | test | BPF_K, k, leave_out, 0); }
};

// Calls whose first argument is a descriptor, and those whose second or third may be one as well.
constexpr int kUses[] = {SYS_read,   SYS_write,   SYS_readv,   SYS_writev,   SYS_pread64, SYS_pwrite64,
                         SYS_preadv, SYS_pwritev, SYS_preadv2, SYS_pwritev2, SYS_dup,     SYS_dup2,
                         SYS_dup3,   SYS_fcntl,   SYS_ioctl,   SYS_vmsplice};
constexpr int kCopies[] = {SYS_sendfile, SYS_splice, SYS_tee, SYS_copy_file_range};

Filter MakeFilter(const Code& code) {
  constexpr std::size_t kLow = offsetof(seccomp_data, instruction_pointer);
  constexpr std::size_t kHigh = kLow + 4;
  constexpr std::size_t kArgument = sizeof(std::uint64_t);
  constexpr unsigned kLook = kMostGuarded + 1;  // instructions that look at one argument
  Filter filter;
  filter.Load(kHigh);
  filter.If(BPF_JGE, kLibrariesHigh, 1);
  filter.Return(SECCOMP_RET_TRAP);
  filter.Load(offsetof(seccomp_data, nr));
  unsigned left = std::size(kCopies) + std::size(kUses);
  for (const int copy : kCopies) filter.If(BPF_JEQ, static_cast<std::uint32_t>(copy), left--);
  left += 2 * kLook;
  for (const int use : kUses) filter.If(BPF_JEQ, static_cast<std::uint32_t>(use), left--);
  filter.Return(SECCOMP_RET_ALLOW);
  left = 3 * kLook;
  for (const std::size_t argument : {2, 1, 0}) {
    filter.Load(offsetof(seccomp_data, args) + argument * kArgument);
    --left;
    for (const int fd : guarded) filter.If(BPF_JEQ, static_cast<std::uint32_t>(fd), left--);
  }
  filter.Return(SECCOMP_RET_ALLOW);
  filter.Load(kHigh);
  filter.Unless(BPF_JEQ, static_cast<std::uint32_t>(code.begin >> 32), 4);
  filter.Load(kLow);
  filter.Unless(BPF_JGE, static_cast<std::uint32_t>(code.begin), 2);
  filter.If(BPF_JGE, static_cast<std::uint32_t>(code.end), 1);
  filter.Return(SECCOMP_RET_ALLOW);
  filter.Return(SECCOMP_RET_ERRNO | EBADF);
  return filter;
}

std::uint64_t Hash(std::uint64_t hash, const void* bytes, std::size_t size) {
  const auto* words = static_cast<const std::uint64_t*>(bytes);
  for (std::size_t i = 0; i < size / sizeof *words; ++i) Mix(hash, words[i]);
  return hash;
}

static_assert(sizeof(Result) % 8 == 0 && sizeof(ObjectInfo) % 8 == 0 && sizeof(Choice) % 8 == 0);

// Never 0.
std::uint64_t HashOf(const Report& all) {
  const Result& result = all.result;
  std::uint64_t hash = Hash(14695981039346656037ull, &result, sizeof result);
  hash = Hash(hash, all.findings, sizeof(Finding) * result.finding_count);
  hash = Hash(hash, all.threads, sizeof(ThreadInfo) * result.thread_count);
  hash = Hash(hash, all.choices, sizeof(Choice) * result.choice_count);
  return hash | 1;
}

int KeepAway(int fd) {
  for (const int from : {970, 490, 250, 130, 70, 30}) {
    const long moved = RawCall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, from);
    if (moved < 0) continue;
    RawCall(SYS_close, fd);
    return static_cast<int>(moved);
  }
  Fault("scheduler: no room for a descriptor");
}

void Tell() { WriteAll(told, &latest, sizeof latest); }

}  // namespace

void GuardChannels(int orders, int results) {
  int ends[2];
  // Unlike a pipe, sockets cannot be opened once more in /proc/self/fd.
  const long made = RawCall(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, Arg(ends));
  if (made < 0 && RawCall(SYS_pipe2, Arg(ends), O_CLOEXEC | O_NONBLOCK) < 0) Fault("scheduler: pipe2");
  heard = KeepAway(ends[0]);
  told = KeepAway(ends[1]);
  const int all[kMostGuarded] = {orders, results, heard, told};
  for (int i = 0; i < kMostGuarded; ++i) guarded[i] = all[i];
  Code code;
  dl_iterate_phdr(FindCode, &code);
  if (code.begin >> 32 < kLibrariesHigh || code.begin >> 32 != code.end >> 32) return;  // an unusual layout of memory
  Filter filter = MakeFilter(code);
  const sock_fprog program{filter.size, filter.code};
  RawCall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1);
  RawCall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, Arg(&program));
}

bool IsGuarded(int fd) {
  for (const int one : guarded) {
    if (one == fd && fd >= 0) return true;
  }
  return false;
}

bool CountsFit(const Result& result) {
  return result.finding_count <= kMostFindings && result.thread_count <= kMostThreadInfos &&
         result.object_count <= kMostObjects && result.edge_count <= kMostLockEdges &&
         result.choice_count <= kMostChoices && result.step_count <= kMostSteps;
}

void BeginSeal() {
  latest = {};
  for (Seal left; RawCall(SYS_read, heard, Arg(&left), sizeof left) > 0;) {
  }
}

bool SealAgrees() {
  Seal last;
  std::uint64_t findings = 0;  // what was told cannot be taken back by telling less
  for (Seal next; RawCall(SYS_read, heard, Arg(&next), sizeof next) == sizeof next;) {
    last = next;
    if (next.findings > findings) findings = next.findings;
  }
  const Result& result = report->result;
  if (!CountsFit(result)) return false;
  const std::uint64_t kept = findings < kMostFindings ? findings : kMostFindings;
  return last.report == HashOf(*report) && kept == result.finding_count;
}

void SealFinding() {
  if (told < 0 || latest.findings > kMostFindings) return;
  ++latest.findings;
  Tell();
}

void SealReport() {
  if (told < 0 || latest.report != 0) return;
  latest.report = HashOf(*report);
  Tell();
}

}  // namespace grader::schedule::runtime
