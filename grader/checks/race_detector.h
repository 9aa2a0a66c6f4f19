// Programs with the compiler's ThreadSanitizer in them, for servers: the controlled scheduler has no network.
//
// ThreadSanitizer finds a data race whenever both accesses have happened and nothing ordered them, however far apart
// they were. It takes all network sockets for one thing that orders who sends before who receives; with that, whether a
// race is seen would be chance. So accept() is not told to it: sockets that come from there order nothing, unless the
// program has the other end, too. Pipes, socket pairs, event descriptors, mutexes, atomics, and the begin and end of
// threads do, as ever; and a set of epoll(7) does for each of its descriptors.
#pragma once

#include <filesystem>
#include <string_view>

#include "grader/build/builder.h"
#include "grader/sandbox/command.h"

namespace grader::checks {

// The same program with ThreadSanitizer in it. A source of ours goes with it, which is put below cache. Throws
// std::system_error.
build::Target WithRaceDetector(const build::Target& target, const std::filesystem::path& cache);

// Whether the program has std::atomic_thread_fence, which ThreadSanitizer does not understand.
enum class Fences { kNone, kSome };
Fences FencesOf(std::string_view messages);  // of the compiler

// Makes it run: memory where ThreadSanitizer expects it. With fences, all atomics are taken for sequentially
// consistent: no false alarms, and a missing order on an atomic is not found.
void PrepareForRaceDetector(sandbox::Command& command, Fences fences);

}  // namespace grader::checks
