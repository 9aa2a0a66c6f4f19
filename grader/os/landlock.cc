#include "grader/os/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace grader::os {
namespace {

// Newer than the headers of the oldest system this builds on.
constexpr std::uint64_t kTruncate = 1ULL << 14;            // version 3
constexpr std::uint64_t kScopeAbstractSocket = 1ULL << 0;  // version 6
constexpr std::uint64_t kScopeSignal = 1ULL << 1;          // version 6

struct Ruleset {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scopes;
};

std::uint64_t EveryChange(int version) {
  std::uint64_t change = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                         LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                         LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                         LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
  // Unhandled, moving a file to another folder would be refused everywhere.
  if (version >= 2) change |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) change |= kTruncate;
  return change;
}

// What the kernel accepts of a rule on something that is no folder.
constexpr std::uint64_t kOfFiles =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | kTruncate;
constexpr std::uint64_t kReading =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

Errno Allow(int ruleset, const char* path, std::uint64_t access) noexcept {
  landlock_path_beneath_attr rule{};
  rule.parent_fd = ::open(path, O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0) return errno;
  struct stat status {};
  const bool folder = ::fstat(rule.parent_fd, &status) == 0 && S_ISDIR(status.st_mode);
  rule.allowed_access = folder ? access : access & kOfFiles;
  const long result = ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  const Errno error = result == 0 ? 0 : errno;
  ::close(rule.parent_fd);
  return error;
}

Errno AllowAndEnter(int ruleset, std::span<const WritableFolder> folders, int version) noexcept {
  const std::uint64_t nodes = LANDLOCK_ACCESS_FS_WRITE_FILE | (version >= 3 ? kTruncate : 0);
  for (const WritableFolder& folder : folders) {
    const std::uint64_t access = folder.writing == Writing::kEverything ? EveryChange(version) : nodes;
    if (const Errno error = Allow(ruleset, folder.path, access)) return error;
  }
  return ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0 ? 0 : errno;
}

long Create(std::uint64_t files, int version) noexcept {
  Ruleset rules{files, 0, version >= 6 ? kScopeAbstractSocket | kScopeSignal : 0};
  // An older kernel refuses a structure longer than its own unless the rest is zero.
  const std::size_t size = version >= 6 ? sizeof rules : sizeof rules.files;
  return ::syscall(SYS_landlock_create_ruleset, &rules, size, 0);
}

std::uint64_t AccessFor(FileUse use, int version) {
  switch (use) {
    case FileUse::kRead:
      return kReading;
    case FileUse::kReadAndWriteNodes:
      return kReading | LANDLOCK_ACCESS_FS_WRITE_FILE | (version >= 3 ? kTruncate : 0);
    case FileUse::kEverything:
      break;
  }
  return kReading | EveryChange(version);
}

Errno AllowEach(int ruleset, std::span<const UsablePath> paths, int version) noexcept {
  for (const UsablePath& path : paths) {
    const Errno error = Allow(ruleset, path.path, AccessFor(path.use, version));
    if (error != 0 && error != ENOENT) return error;
  }
  return ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0 ? 0 : errno;
}

}  // namespace

int LandlockVersion() noexcept {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : static_cast<int>(version);
}

Errno RestrictWriting(std::span<const WritableFolder> folders, int version) noexcept {
  const long ruleset = Create(EveryChange(version), version);
  if (ruleset < 0) return errno;
  const Errno error = AllowAndEnter(static_cast<int>(ruleset), folders, version);
  ::close(static_cast<int>(ruleset));
  return error;
}

Errno RestrictFiles(std::span<const UsablePath> paths, int version) noexcept {
  const long ruleset = Create(kReading | EveryChange(version), version);
  if (ruleset < 0) return errno;
  const Errno error = AllowEach(static_cast<int>(ruleset), paths, version);
  ::close(static_cast<int>(ruleset));
  return error;
}

}  // namespace grader::os
