// The spawner's program (spawner.h has the picture). It is started by StartSpawnerProcess() only.
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <exception>

#include "grader/os/files.h"
#include "grader/os/namespaces.h"
#include "grader/os/signals.h"
#include "grader/os/unix_socket.h"
#include "grader/sandbox/server.h"
#include "grader/sandbox/spawner_process.h"

namespace {

namespace os = grader::os;
using grader::sandbox::Server;
using grader::sandbox::StartReply;
using grader::sandbox::Tier;
using grader::sandbox::TierNamed;
using grader::sandbox::WireWriter;

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

void Tell(int socket, const StartReply& word) {
  WireWriter wire;
  word.Write(wire);
  os::SendMessage(socket, wire.bytes());
}

}  // namespace

int main(int, char** argv) {
  // A second one, for what keeps the server, which takes the first, from being made.
  const os::Fd socket(::fcntl(grader::sandbox::kSpawnerSocket, F_DUPFD_CLOEXEC, grader::sandbox::kSpawnerImage + 1));
  try {
    const Tier tier = TierNamed(argv[1]);
    // The terminal's signals are for the grader, whose end we see.
    ::setsid();
    os::ResetSignals();
    if (tier == Tier::kFull) {
      GainPrivileges();
    } else if (::geteuid() == 0) {
      os::DropGroups();
    }
    Server server{os::Fd(grader::sandbox::kSpawnerSocket), os::Fd(grader::sandbox::kSpawnerGrader), tier};
    Tell(socket.get(), server.Report());
    server.Run();
  } catch (const std::exception& fault) {
    StartReply failure;
    failure.failed_step = fault.what();
    Tell(socket.get(), failure);
    return 1;
  }
}
