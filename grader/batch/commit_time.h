#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

namespace grader::batch {

// When the last commit of a git checkout was made, by the clock of who made it (the committer's date of HEAD). Empty if
// `checkout` is none, has no commit, or its .git holds anything but plain files and folders or leads out of itself. The
// repository is a student's and may be hostile: it is only read (libgit2), nothing that its configuration names is run.
std::optional<std::chrono::sys_seconds> CommitTimeOf(const std::filesystem::path& checkout);

}  // namespace grader::batch
