#pragma once

#include <cstddef>
#include <span>

namespace grader::sandbox {

// The spawner's executable file, as it was built beside this library.
std::span<const std::byte> SpawnerImage() noexcept;

}  // namespace grader::sandbox
