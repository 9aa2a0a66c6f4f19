#pragma once

#include <memory>

#include "grader/sandbox/channel.h"

namespace grader::sandbox {

// Forks the spawner. It answers on the channel when it is ready or has failed. Throws std::system_error.
std::shared_ptr<Channel> StartSpawnerProcess();

}  // namespace grader::sandbox
