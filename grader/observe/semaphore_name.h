#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace grader::observe {

// The name by which sem_open(3) made the memory at an address of a task: "/turn". Empty if it did not.
std::string ReadSemaphoreName(pid_t host_tid, std::uint64_t address);

}  // namespace grader::observe
