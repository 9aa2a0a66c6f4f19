#include "grader/schedule/runtime/memory_map.h"

#include <sys/mman.h>
#include <sys/syscall.h>

#include "grader/schedule/runtime/raw_call.h"

namespace grader::schedule::runtime {

void MapAt(Address address, std::size_t size) {
  const long result = RawCall(SYS_mmap, static_cast<long>(address), static_cast<long>(size), PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (result != static_cast<long>(address)) Fault("scheduler: no address space");
}

void* OwnMemory(std::size_t size) {
  static Address next = 0;
  if (next == 0) {
    MapAt(kOwnBase, kOwnSize);
    next = kOwnBase;
  }
  void* result = reinterpret_cast<void*>(next);
  next += (size + 15) & ~std::size_t{15};
  if (next > kOwnBase + kOwnSize) Fault("scheduler: the run needs too much memory");
  return result;
}

}  // namespace grader::schedule::runtime
