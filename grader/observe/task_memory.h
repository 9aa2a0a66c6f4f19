#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace grader::observe {

// Copies bytes of a task's memory (process_vm_readv(2)). Returns how many could be read from the start of the range.
std::size_t ReadMemory(pid_t host_tid, std::uint64_t address, std::span<std::byte> into);

// Writes bytes into a task's memory (process_vm_writev(2)), where that may be written; else it stays as it is.
void WriteMemory(pid_t host_tid, std::uint64_t address, std::span<const std::byte> bytes);

// One whole object of a task's memory.
template <typename Object>
std::optional<Object> ReadObject(pid_t host_tid, std::uint64_t address) {
  Object object{};
  const auto bytes = std::as_writable_bytes(std::span(&object, 1));
  if (ReadMemory(host_tid, address, bytes) != bytes.size()) return std::nullopt;
  return object;
}

}  // namespace grader::observe
