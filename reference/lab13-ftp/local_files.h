// The client's side of a transfer: files of this folder, and bytes to and from the data connection.
#pragma once

#include <fcntl.h>

#include <cstdio>

#include "basics.h"

namespace lab {

inline Fd OpenLocal(const std::string& path) {
  Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) Fail("open " + path);
  return file;
}

inline void WriteAll(const Fd& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file.get(), bytes.data(), bytes.size());
    if (written == -1) Fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// A file that is being fetched. It appears under its name, whole, by Commit(), or never.
class Download {
 public:
  explicit Download(std::string name) : name_(std::move(name)), temporary_(".download-" + std::to_string(getpid())) {
    if (name_.empty() || name_ == "." || name_ == "..") {
      throw std::system_error(EINVAL, std::generic_category(), "get");
    }
    file_ = Fd(open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!file_) Fail("open " + temporary_);
  }
  Download(const Download&) = delete;
  Download& operator=(const Download&) = delete;
  ~Download() {
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }

  void Write(std::string_view bytes) { WriteAll(file_, bytes); }

  void Commit() {
    file_.Close();
    if (rename(temporary_.c_str(), name_.c_str()) == -1) Fail("rename");
    temporary_.clear();
  }

 private:
  std::string name_;
  std::string temporary_;
  Fd file_;
};

// Takes all that comes; false if the connection has broken instead of ending.
template <typename Take>
bool ReceiveAll(const Fd& data, Take take) {
  char buffer[65536];
  ssize_t size = 0;
  while ((size = recv(data.get(), buffer, sizeof buffer, 0)) > 0) {
    take(std::string_view(buffer, static_cast<std::size_t>(size)));
  }
  return size == 0;
}

// Sends what is in the file, as long as the server takes it: why it stopped, its reply will tell.
inline void SendAll(const Fd& data, const Fd& file) {
  char buffer[65536];
  while (const ssize_t size = read(file.get(), buffer, sizeof buffer)) {
    if (size == -1) Fail("read");
    std::string_view rest(buffer, static_cast<std::size_t>(size));
    while (!rest.empty()) {
      const ssize_t sent = send(data.get(), rest.data(), rest.size(), 0);
      if (sent == -1) return;
      rest.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
}

}  // namespace lab
