#include "grader/sandbox/spawner_image.h"

// SPAWNER_FILE is the path of the built executable (CMakeLists.txt).
asm(R"(
  .section .rodata
  .balign 16
  grader_spawner_image:
  .incbin ")" SPAWNER_FILE R"("
  grader_spawner_image_end:
  .previous
)");

extern "C" {
extern const std::byte grader_spawner_image[];
extern const std::byte grader_spawner_image_end[];
}

namespace grader::sandbox {

std::span<const std::byte> SpawnerImage() noexcept { return {grader_spawner_image, grader_spawner_image_end}; }

}  // namespace grader::sandbox
