#include "grader/observe/open_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "grader/observe/task_files.h"
#include "grader/os/files.h"

namespace grader::observe {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

std::string DescriptorPath(pid_t host_tid, const char* folder, int descriptor) {
  return "/proc/" + std::to_string(host_tid) + "/" + folder + "/" + std::to_string(descriptor);
}

FileType TypeOf(const struct stat& status, const std::string& target) {
  if (S_ISFIFO(status.st_mode)) return target.starts_with("pipe:[") ? FileType::kPipe : FileType::kFifo;
  if (S_ISSOCK(status.st_mode)) return FileType::kSocket;
  if (target == "anon_inode:[eventpoll]") return FileType::kEpoll;
  if (target == "anon_inode:[eventfd]") return FileType::kEventFd;
  if (target == "anon_inode:[timerfd]") return FileType::kTimerFd;
  if (target == "anon_inode:[signalfd]") return FileType::kSignalFd;
  // Newer kernels give each pidfd an inode of its own.
  if (target == "anon_inode:[pidfd]" || target.starts_with("pidfd:[")) return FileType::kPidFd;
  return FileType::kOther;
}

}  // namespace

std::optional<OpenFile> ReadOpenFile(pid_t host_tid, int descriptor) {
  struct stat status {};
  if (stat(DescriptorPath(host_tid, "fd", descriptor).c_str(), &status) != 0) return std::nullopt;
  OpenFile file{{status.st_dev, status.st_ino}, FileType::kOther, ReadDescriptorTarget(host_tid, descriptor)};
  file.type = TypeOf(status, file.target);
  return file;
}

std::string ReadDescriptorInfo(pid_t host_tid, int descriptor) {
  return os::ReadFileAt(os::kHere, DescriptorPath(host_tid, "fdinfo", descriptor).c_str()).value_or("");
}

// All zero if it is not armed.
bool IsArmedTimer(const std::string& descriptor_info) {
  const std::size_t value = descriptor_info.find("it_value: (");
  return value == descriptor_info.npos || !descriptor_info.substr(value).starts_with("it_value: (0, 0)");
}

const std::vector<OpenFiles::Holder>& OpenFiles::HoldersOf(FileId file) {
  if (!scanned_) Scan();
  scanned_ = true;
  return holders_[file];
}

void OpenFiles::Scan() {
  for (const auto& [pid, process] : tree_.processes) {
    // A main thread that has ended shows no descriptors, though its process has them.
    const auto alive = std::find_if(process.threads.begin(), process.threads.end(),
                                    [](const TaskTree::Thread& thread) { return !thread.ended(); });
    if (alive != process.threads.end()) ScanProcess(pid, alive->host_tid);
  }
}

void OpenFiles::ScanProcess(pid_t host_pid, pid_t host_tid) {
  const std::string path = "/proc/" + std::to_string(host_tid) + "/fd";
  const std::unique_ptr<DIR, CloseFolder> folder(opendir(path.c_str()));
  if (!folder) return;
  while (const dirent* entry = readdir(folder.get())) {
    if (entry->d_name[0] == '.') continue;
    struct stat file {};
    struct stat link {};
    if (fstatat(dirfd(folder.get()), entry->d_name, &file, 0) != 0) continue;
    if (fstatat(dirfd(folder.get()), entry->d_name, &link, AT_SYMLINK_NOFOLLOW) != 0) continue;
    // The link's own mode tells how the descriptor was opened (proc_pid_fd(5)).
    holders_[{file.st_dev, file.st_ino}].push_back(
        {host_pid, std::atoi(entry->d_name), (link.st_mode & S_IRUSR) != 0, (link.st_mode & S_IWUSR) != 0});
  }
}

}  // namespace grader::observe
