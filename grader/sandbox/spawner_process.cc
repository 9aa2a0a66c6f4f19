#include "grader/sandbox/spawner_process.h"

#include <fcntl.h>
#include <unistd.h>

#include "grader/os/executable.h"
#include "grader/os/namespaces.h"
#include "grader/os/pidfd.h"
#include "grader/os/unix_socket.h"
#include "grader/sandbox/spawner_image.h"

namespace grader::sandbox {
namespace {

os::Errno SilenceStreams() noexcept {
  const os::Fd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) return errno;
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (const os::Errno error = os::Redirect(null.get(), stream)) return error;
  }
  return 0;
}

// Nothing of the grader's stays open: not its files, and not its output, whose reader would wait for the spawner.
os::Errno KeepOnly(int socket, int grader, int image) noexcept {
  if (const os::Errno error = SilenceStreams()) return error;
  // Out of the way first: each may stand where another is to go.
  const int wanted[] = {socket, grader, image};
  int high[3];
  for (int i = 0; i < 3; ++i) {
    high[i] = ::fcntl(wanted[i], F_DUPFD_CLOEXEC, kSpawnerImage + 1);
    if (high[i] < 0) return errno;
  }
  if (const os::Errno error = os::Redirect(high[0], kSpawnerSocket)) return error;
  if (const os::Errno error = os::Redirect(high[1], kSpawnerGrader)) return error;
  if (::dup3(high[2], kSpawnerImage, O_CLOEXEC) < 0) return errno;
  return os::CloseFrom(kSpawnerImage + 1);
}

}  // namespace

std::shared_ptr<Channel> StartSpawnerProcess(Tier tier) {
  os::SocketPair pair = os::MakeSocketPair();
  const os::Fd grader = os::OpenPidfd(::getpid());
  const os::Fd image = os::MakeExecutable("grade-spawner", SpawnerImage());
  const os::CloneResult spawner = os::Clone(0);
  if (spawner.pid == 0) {
    if (KeepOnly(pair.theirs.get(), grader.get(), image.get()) == 0) {
      os::Execute(kSpawnerImage, "grade-spawner", TierName(tier));
    }
    ::_exit(127);
  }
  os::ThrowIf(spawner.error, "fork the spawner");
  return std::make_shared<Channel>(std::move(pair.ours), os::Fd(spawner.pidfd));
}

}  // namespace grader::sandbox
