#include "grader/os/proc_text.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "grader/os/fd.h"

namespace grader::os {

std::string ReadOnce(const std::string& path) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return {};
  std::array<char, 4096> buffer;
  const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
  return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : std::string{};
}

std::string ReadLink(const std::string& path) {
  std::array<char, 511> target;
  const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
  return size > 0 ? std::string(target.data(), static_cast<std::size_t>(size)) : std::string{};
}

}  // namespace grader::os
