#pragma once

#include <filesystem>
#include <vector>

namespace grader::sandbox {

// A file or folder of the machine, shown read-only inside the sandbox.
struct View {
  std::filesystem::path host;
  std::filesystem::path inside;  // absolute
};

// What a run sees besides the read-only system and its private /work, /tmp, /dev/shm, /dev/mqueue, /proc.
struct Files {
  std::vector<View> views;
};

}  // namespace grader::sandbox
