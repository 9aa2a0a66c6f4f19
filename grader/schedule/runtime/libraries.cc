#include "grader/schedule/runtime/libraries.h"

#include <link.h>

namespace grader::schedule::runtime {
namespace {

struct Range {
  Address begin;
  Address end;
};

constexpr std::size_t kMost = 64;
Range ranges[kMost];
std::size_t count = 0;

int NoteLibrary(dl_phdr_info* library, std::size_t, void* first) {
  // The program itself comes first.
  if (*static_cast<bool*>(first)) {
    *static_cast<bool*>(first) = false;
    return 0;
  }
  for (int i = 0; i < library->dlpi_phnum && count < kMost; ++i) {
    const auto& segment = library->dlpi_phdr[i];
    const bool writable = segment.p_type == PT_LOAD && (segment.p_flags & PF_W) != 0;
    const Address begin = library->dlpi_addr + segment.p_vaddr;
    if (writable) ranges[count++] = {begin, begin + segment.p_memsz};
  }
  return 0;
}

}  // namespace

void NoteLibraries() {
  bool first = true;
  dl_iterate_phdr(NoteLibrary, &first);
}

bool InLibrary(Address address) {
  for (std::size_t i = 0; i < count; ++i) {
    if (address >= ranges[i].begin && address < ranges[i].end) return true;
  }
  return false;
}

}  // namespace grader::schedule::runtime
