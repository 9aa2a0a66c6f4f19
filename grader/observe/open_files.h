#pragma once

#include <sys/types.h>

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/observe/task_tree.h"

namespace grader::observe {

// One open file, pipe or socket of the machine.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  friend auto operator<=>(const FileId&, const FileId&) = default;
};

enum class FileType { kPipe, kFifo, kSocket, kEpoll, kEventFd, kTimerFd, kSignalFd, kPidFd, kOther };

// What a descriptor stands for.
struct OpenFile {
  FileId id;
  FileType type = FileType::kOther;
  std::string target;  // its link in /proc/PID/fd
};

// Empty if the descriptor is not open.
std::optional<OpenFile> ReadOpenFile(pid_t host_tid, int descriptor);

// The text of /proc/TID/fdinfo/N (proc_pid_fdinfo(5)); empty if it is not open.
std::string ReadDescriptorInfo(pid_t host_tid, int descriptor);

// Whether a timer runs, from that text of its descriptor (timerfd_create(2)).
bool IsArmedTimer(const std::string& descriptor_info);

// Who has which files open, over all processes of a run. Reads nothing until it is asked.
class OpenFiles {
 public:
  explicit OpenFiles(const TaskTree& tree) : tree_(tree) {}

  struct Holder {
    pid_t host_pid = 0;
    int descriptor = -1;
    bool reads = false;
    bool writes = false;
  };
  const std::vector<Holder>& HoldersOf(FileId file);

 private:
  void Scan();
  void ScanProcess(pid_t host_pid, pid_t host_tid);

  const TaskTree& tree_;
  bool scanned_ = false;
  std::map<FileId, std::vector<Holder>> holders_;
};

}  // namespace grader::observe
