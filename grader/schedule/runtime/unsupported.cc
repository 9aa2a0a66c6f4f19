// Calls whose effect on threads is not modelled. A run that makes one is not judged: the last finding names the call.
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/thread.h"

using namespace grader::schedule;
using namespace grader::schedule::runtime;

// The headers declare some of them with other types: so by their names in the object file.
#define GRADE_UNSUPPORTED(name)                         \
  GRADE_INTERPOSE long Unsupported_##name() asm(#name); \
  long Unsupported_##name() { EndUnsupported(#name "()", GRADE_CALLER); }

GRADE_UNSUPPORTED(fork)
GRADE_UNSUPPORTED(vfork)
GRADE_UNSUPPORTED(clone)
GRADE_UNSUPPORTED(system)
GRADE_UNSUPPORTED(popen)
GRADE_UNSUPPORTED(posix_spawn)
GRADE_UNSUPPORTED(posix_spawnp)
GRADE_UNSUPPORTED(execve)
GRADE_UNSUPPORTED(execv)
GRADE_UNSUPPORTED(execvp)
GRADE_UNSUPPORTED(execl)
GRADE_UNSUPPORTED(execlp)
GRADE_UNSUPPORTED(execle)
GRADE_UNSUPPORTED(pthread_cancel)
GRADE_UNSUPPORTED(pthread_kill)
GRADE_UNSUPPORTED(pthread_sigqueue)
GRADE_UNSUPPORTED(kill)
GRADE_UNSUPPORTED(tgkill)
GRADE_UNSUPPORTED(sigwait)
GRADE_UNSUPPORTED(sigwaitinfo)
GRADE_UNSUPPORTED(sigtimedwait)
GRADE_UNSUPPORTED(sigsuspend)
GRADE_UNSUPPORTED(pause)
GRADE_UNSUPPORTED(alarm)
GRADE_UNSUPPORTED(timer_create)
GRADE_UNSUPPORTED(setitimer)
GRADE_UNSUPPORTED(ppoll)
GRADE_UNSUPPORTED(pselect)
GRADE_UNSUPPORTED(epoll_wait)
GRADE_UNSUPPORTED(epoll_pwait)
GRADE_UNSUPPORTED(accept)
GRADE_UNSUPPORTED(accept4)
GRADE_UNSUPPORTED(connect)
GRADE_UNSUPPORTED(recv)
GRADE_UNSUPPORTED(recvfrom)
GRADE_UNSUPPORTED(recvmsg)
GRADE_UNSUPPORTED(wait)
GRADE_UNSUPPORTED(waitpid)
GRADE_UNSUPPORTED(waitid)
GRADE_UNSUPPORTED(sem_open)
GRADE_UNSUPPORTED(mq_open)
GRADE_UNSUPPORTED(mq_receive)
GRADE_UNSUPPORTED(msgrcv)
GRADE_UNSUPPORTED(semop)
GRADE_UNSUPPORTED(thrd_create)
GRADE_UNSUPPORTED(mtx_lock)
GRADE_UNSUPPORTED(cnd_wait)
GRADE_UNSUPPORTED(swapcontext)
GRADE_UNSUPPORTED(makecontext)
GRADE_UNSUPPORTED(setcontext)
