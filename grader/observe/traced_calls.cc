#include "grader/observe/traced_calls.h"

#include <linux/futex.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <iterator>
#include <span>

namespace grader::observe {
namespace {

using Traced = sandbox::Policy::Traced;

constexpr unsigned kWholeArgument = 0xffff'ffff;
constexpr unsigned kFutexOperation = FUTEX_CMD_MASK & 0x7f;

// posix_spawn(3) resets each of 64 signals twice: of rt_sigaction only what concerns SIGCHLD is traced.
constexpr Traced kLifecycleCalls[] = {
    {SYS_wait4},
    {SYS_waitid},
    {SYS_kill},
    {SYS_tkill},
    {SYS_tgkill},
    {SYS_rt_sigqueueinfo},
    {SYS_setsid},
    {SYS_pause},
    {SYS_rt_sigsuspend},
    {SYS_rt_sigtimedwait},
    {SYS_alarm},
    {SYS_setitimer},
    {SYS_timer_create},
    {SYS_timer_settime},
    {SYS_rt_sigaction, 0, kWholeArgument, SIGCHLD},
    {SYS_prctl, 0, kWholeArgument, PR_SET_CHILD_SUBREAPER},
    {SYS_pipe},
    {SYS_pipe2},
    {SYS_mknod},
    {SYS_mknodat},
    {SYS_flock},
    {SYS_socket},
    {SYS_socketpair},
    {SYS_bind},
    {SYS_listen},
    {SYS_epoll_create},
    {SYS_epoll_create1},
    {SYS_eventfd},
    {SYS_eventfd2},
    {SYS_timerfd_create},
    {SYS_signalfd},
    {SYS_signalfd4},
    {SYS_memfd_create},
    {SYS_mmap, 3, MAP_SHARED, MAP_SHARED},
    {SYS_mq_open},
    {SYS_mq_unlink},
    {SYS_shmget},
    {SYS_shmat},
    {SYS_semget},
    {SYS_msgget},
    {SYS_shmctl, 1, kWholeArgument, IPC_RMID},
    {SYS_msgctl, 1, kWholeArgument, IPC_RMID},
    {SYS_semctl, 2, kWholeArgument, IPC_RMID},
};

constexpr Traced kBlockingCalls[] = {
    {SYS_futex, 1, kFutexOperation, FUTEX_WAIT},
    {SYS_futex, 1, kFutexOperation, FUTEX_WAIT_BITSET},
    {SYS_futex, 1, kFutexOperation, FUTEX_LOCK_PI},
    {SYS_futex, 1, kFutexOperation, FUTEX_WAIT_REQUEUE_PI},
    {SYS_select},
    {SYS_pselect6},
    {SYS_poll},
    {SYS_ppoll},
    {SYS_epoll_wait},
    {SYS_epoll_pwait},
    {SYS_accept},
    {SYS_accept4},
    {SYS_connect},
    {SYS_mq_timedsend},
    {SYS_mq_timedreceive},
    {SYS_semop},
    {SYS_semtimedop},
    {SYS_msgsnd},
    {SYS_msgrcv},
    {SYS_nanosleep},
    {SYS_clock_nanosleep},
};

constexpr int kBlockingLifecycleCalls[] = {SYS_wait4,         SYS_waitid,          SYS_pause,
                                           SYS_rt_sigsuspend, SYS_rt_sigtimedwait, SYS_flock};

// By these tasks can notice what others do, or give them to notice: the places where it matters who goes on.
constexpr int kNoticedCalls[] = {
    // descriptors and files
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_pwrite64,
    SYS_preadv,
    SYS_pwritev,
    SYS_open,
    SYS_openat,
    SYS_creat,
    SYS_close,
    SYS_dup,
    SYS_dup2,
    SYS_dup3,
    SYS_pipe,
    SYS_pipe2,
    SYS_lseek,
    SYS_fcntl,
    SYS_flock,
    SYS_truncate,
    SYS_ftruncate,
    SYS_unlink,
    SYS_unlinkat,
    SYS_rename,
    SYS_renameat,
    SYS_renameat2,
    SYS_link,
    SYS_linkat,
    SYS_symlink,
    SYS_mkdir,
    SYS_mkdirat,
    SYS_rmdir,
    SYS_mknod,
    SYS_mknodat,
    SYS_access,
    SYS_faccessat,
    SYS_faccessat2,
    SYS_stat,
    SYS_lstat,
    SYS_newfstatat,
    SYS_statx,
    SYS_sendfile,
    SYS_splice,
    SYS_tee,
    SYS_copy_file_range,
    // processes
    SYS_fork,
    SYS_vfork,
    SYS_clone,
    SYS_execve,
    SYS_execveat,
    SYS_exit,
    SYS_exit_group,
    SYS_wait4,
    SYS_waitid,
    SYS_getppid,
    SYS_pidfd_open,
    SYS_pidfd_send_signal,
    // signals and time
    SYS_kill,
    SYS_tkill,
    SYS_tgkill,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigpending,
    SYS_rt_sigsuspend,
    SYS_rt_sigtimedwait,
    SYS_pause,
    SYS_signalfd,
    SYS_signalfd4,
    SYS_alarm,
    SYS_setitimer,
    SYS_timer_settime,
    SYS_timerfd_settime,
    SYS_nanosleep,
    SYS_clock_nanosleep,
    SYS_sched_yield,
    // waiting for several
    SYS_select,
    SYS_pselect6,
    SYS_poll,
    SYS_ppoll,
    SYS_epoll_ctl,
    SYS_epoll_wait,
    SYS_epoll_pwait,
    SYS_epoll_pwait2,
    SYS_eventfd,
    SYS_eventfd2,
    // futex(2) and the kernel's queues, semaphores and shared memory
    SYS_futex,
    SYS_mq_open,
    SYS_mq_unlink,
    SYS_mq_timedsend,
    SYS_mq_timedreceive,
    SYS_mq_notify,
    SYS_mq_getsetattr,
    SYS_msgget,
    SYS_msgsnd,
    SYS_msgrcv,
    SYS_msgctl,
    SYS_semget,
    SYS_semop,
    SYS_semtimedop,
    SYS_semctl,
    SYS_shmget,
    SYS_shmat,
    SYS_shmdt,
    SYS_shmctl,
    SYS_memfd_create,
    // sockets
    SYS_socket,
    SYS_socketpair,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_connect,
    SYS_sendto,
    SYS_recvfrom,
    SYS_sendmsg,
    SYS_recvmsg,
    SYS_sendmmsg,
    SYS_recvmmsg,
    SYS_shutdown,
};

bool IsNoticed(int number) { return std::ranges::count(kNoticedCalls, number) != 0; }

bool Matches(const Traced& traced, int number, const std::uint64_t (&arguments)[6]) {
  if (traced.number != number) return false;
  return traced.argument < 0 || (arguments[traced.argument] & traced.mask) == traced.value;
}

void Append(std::span<const Traced> calls, const RunRequest& request, sandbox::Policy& policy) {
  for (const Traced& call : calls) {
    // A rule without a condition has the last word.
    if (!request.schedule || !IsNoticed(call.number)) policy.traced.push_back(call);
  }
}

}  // namespace

sandbox::Policy PolicyFor(const RunRequest& request) {
  sandbox::Policy policy;
  if (request.level == TraceLevel::kNone) return policy;
  Append(kLifecycleCalls, request, policy);
  if (request.level == TraceLevel::kBlocking) Append(kBlockingCalls, request, policy);
  if (!request.interventions.empty()) policy.traced.push_back({SYS_prctl, 0, kWholeArgument, PR_SET_NAME});
  if (!request.schedule) return policy;
  for (const int number : kNoticedCalls) policy.traced.push_back({number});
  return policy;
}

bool IsWatched(TraceLevel level, int number, const std::uint64_t (&arguments)[6]) {
  const auto matches = [&](const Traced& traced) { return Matches(traced, number, arguments); };
  return std::ranges::any_of(kLifecycleCalls, matches) ||
         (level == TraceLevel::kBlocking && std::ranges::any_of(kBlockingCalls, matches));
}

bool MayBlock(int number) {
  return std::ranges::count(kBlockingLifecycleCalls, number) != 0 ||
         std::ranges::count(kBlockingCalls, number, &Traced::number) != 0;
}

}  // namespace grader::observe
