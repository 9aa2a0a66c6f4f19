#include "grader/checks/race_detector.h"

#include "grader/build/scratch_folder.h"

namespace grader::checks {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSource = "accept.cpp";
constexpr const char* kAccept = R"(#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" int accept4(int socket, sockaddr* address, socklen_t* size, int flags) {
  return static_cast<int>(syscall(SYS_accept4, socket, address, size, flags));
}
extern "C" int accept(int socket, sockaddr* address, socklen_t* size) { return accept4(socket, address, size, 0); }
)";

// Several graders may do so at one time; each sees a whole file.
fs::path SourceBelow(const fs::path& cache) {
  const fs::path folder = cache / "race-detector";
  if (!fs::exists(folder / kSource)) {
    fs::create_directories(cache);
    build::ScratchFolder scratch(cache);
    build::WriteFiles(scratch.path(), {{kSource, kAccept}});
    scratch.MoveTo(folder);
  }
  return folder / kSource;
}

}  // namespace

build::Target WithRaceDetector(const build::Target& target, const fs::path& cache) {
  build::Target with = target;
  with.flags.insert(with.flags.end(), {"-fsanitize=thread", "-Werror=tsan"});
  with.extra_sources.push_back(SourceBelow(cache));
  return with;
}

void PrepareForRaceDetector(sandbox::Command& command) {
  command.addresses = sandbox::Addresses::kFixed;
  command.environment.emplace_back(
      "TSAN_OPTIONS=exitcode=0 report_bugs=1 detect_deadlocks=0 report_thread_leaks=0 report_destroy_locked=0 "
      "report_mutex_bugs=0 report_signal_unsafe=0 strip_path_prefix=/submission/");
}

}  // namespace grader::checks
