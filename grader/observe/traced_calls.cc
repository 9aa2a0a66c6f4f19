#include "grader/observe/traced_calls.h"

#include <linux/futex.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <iterator>

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

}  // namespace

sandbox::Policy PolicyFor(const RunRequest& request) {
  sandbox::Policy policy;
  if (request.level == TraceLevel::kNone) return policy;
  policy.traced.assign(std::begin(kLifecycleCalls), std::end(kLifecycleCalls));
  if (request.level == TraceLevel::kBlocking) {
    policy.traced.insert(policy.traced.end(), std::begin(kBlockingCalls), std::end(kBlockingCalls));
  }
  if (!request.interventions.empty()) policy.traced.push_back({SYS_prctl, 0, kWholeArgument, PR_SET_NAME});
  return policy;
}

bool MayBlock(int number) {
  return std::ranges::count(kBlockingLifecycleCalls, number) != 0 ||
         std::ranges::count(kBlockingCalls, number, &Traced::number) != 0;
}

}  // namespace grader::observe
