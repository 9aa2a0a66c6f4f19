#include "grader/sandbox/spawner_process.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "grader/os/files.h"
#include "grader/os/namespaces.h"
#include "grader/os/pidfd.h"
#include "grader/os/privileges.h"
#include "grader/os/signals.h"
#include "grader/os/unix_socket.h"
#include "grader/sandbox/server.h"

namespace grader::sandbox {
namespace {

void SilenceStreams() {
  const os::Fd null = os::OpenAt(os::kHere, "/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    os::ThrowIf(os::Redirect(null.get(), stream), "dup2 /dev/null");
  }
}

// Nothing of the grader's stays open in the spawner: not its files, and not its output, whose reader would wait for us.
void LetGoOfGrader(os::Fd& socket, os::Fd& grader) {
  SilenceStreams();
  constexpr int kSocket = STDERR_FILENO + 1;
  constexpr int kGrader = kSocket + 1;
  // Out of the way first: each may stand where the other is to go.
  const int high_socket = ::fcntl(socket.get(), F_DUPFD_CLOEXEC, kGrader + 1);
  const int high_grader = ::fcntl(grader.get(), F_DUPFD_CLOEXEC, kGrader + 1);
  if (high_socket < 0 || high_grader < 0) os::ThrowErrno("fcntl F_DUPFD_CLOEXEC");
  static_cast<void>(socket.Release());
  static_cast<void>(grader.Release());
  if (::dup3(high_socket, kSocket, O_CLOEXEC) < 0 || ::dup3(high_grader, kGrader, O_CLOEXEC) < 0) {
    os::ThrowErrno("dup3");
  }
  os::ThrowIf(os::CloseFrom(kGrader + 1), "close_range");
  socket = os::Fd(kSocket);
  grader = os::Fd(kGrader);
}

// Without privileges over the machine, a user namespace of our own gives us those we need over our own world. The id
// stays what it is.
void GainPrivileges() {
  if (::geteuid() == 0) {
    os::DropGroups();
    return;
  }
  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  os::ThrowIf(os::Unshare(CLONE_NEWUSER), "unshare the user namespace");
  const os::Fd proc = os::OpenAt(os::kHere, "/proc", O_PATH | O_DIRECTORY);
  os::MapIds(proc, ::getpid(), {uid, uid, gid, gid});
}

void Tell(const os::Fd& socket, const StartReply& word) {
  WireWriter wire;
  word.Write(wire);
  os::SendMessage(socket.get(), wire.bytes());
}

[[noreturn]] void RunSpawner(os::Fd socket, os::Fd grader) noexcept {
  try {
    // The terminal's signals are for the grader, whose end we see.
    ::setsid();
    os::ResetSignals();
    os::NameProcess("grade-spawner");
    LetGoOfGrader(socket, grader);
    const int word = ::dup(socket.get());
    const os::Fd socket_copy(word);
    try {
      GainPrivileges();
      Server server(std::move(socket), std::move(grader));
      Tell(socket_copy, server.Report());
      server.Run();
    } catch (const std::exception& fault) {
      StartReply failure;
      failure.failed_step = fault.what();
      Tell(socket_copy, failure);
    }
  } catch (...) {
    ::_exit(1);
  }
  ::_exit(0);
}

}  // namespace

std::shared_ptr<Channel> StartSpawnerProcess() {
  os::SocketPair pair = os::MakeSocketPair();
  os::Fd grader = os::OpenPidfd(::getpid());
  const os::CloneResult spawner = os::Clone(0);
  if (spawner.pid == 0) {
    pair.ours.Close();
    RunSpawner(std::move(pair.theirs), std::move(grader));
  }
  os::ThrowIf(spawner.error, "fork the spawner");
  return std::make_shared<Channel>(std::move(pair.ours), os::Fd(spawner.pidfd));
}

}  // namespace grader::sandbox
