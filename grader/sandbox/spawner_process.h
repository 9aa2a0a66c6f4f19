#pragma once

#include <memory>

#include "grader/sandbox/channel.h"
#include "grader/sandbox/tier.h"

namespace grader::sandbox {

// The descriptors the spawner is born with, besides three on /dev/null.
inline constexpr int kSpawnerSocket = 3;
inline constexpr int kSpawnerGrader = 4;  // a pidfd of the grader
inline constexpr int kSpawnerImage = 5;   // its own program, until it runs

// Starts the spawner: a small program of its own that this one carries along (spawner_main.cc), so that a launch forks
// few pages and nothing of the grader's memory, arguments or environment gets near a sandbox. It answers on the channel
// when it is ready or has failed. Throws std::system_error.
std::shared_ptr<Channel> StartSpawnerProcess(Tier tier);

}  // namespace grader::sandbox
