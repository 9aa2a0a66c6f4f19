#include "grader/sandbox/private_root.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "grader/os/errno.h"
#include "grader/os/files.h"
#include "grader/os/mounts.h"
#include "grader/os/namespaces.h"

namespace grader::sandbox {
namespace {

namespace fs = std::filesystem;

// Any folder that is certainly there; covered in our own namespace only.
constexpr char kBuilding[] = "/tmp";

std::string New(const std::string& path) { return kBuilding + path; }

void Bind(const std::string& path, os::Access access, os::Devices devices) {
  const os::Fd tree(os::CloneTree(path.c_str()));
  if (!tree) os::ThrowErrno(("open_tree " + path).c_str());
  // /proc must stay as permissive as a fresh one will be, or the kernel refuses that (user_namespaces(7)).
  if (path != "/proc") os::ThrowIf(os::RestrictTree(tree.get(), access, devices), ("restrict " + path).c_str());
  os::ThrowIf(os::AttachTree(tree.get(), New(path).c_str()), ("attach " + path).c_str());
}

// The system's programs and libraries: folders bound, links (of a merged /usr) kept as links.
void ShowSystem() {
  for (const char* path : {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
    const fs::file_status status = fs::symlink_status(path);
    if (fs::is_symlink(status)) {
      fs::create_symlink(fs::read_symlink(path), New(path));
    } else if (fs::is_directory(status)) {
      fs::create_directory(New(path));
      Bind(path, os::Access::kReadOnly, os::Devices::kRefuse);
    }
  }
}

void WriteText(const std::string& path, const std::string& text) {
  std::ofstream file(New(path));
  file << text;
  if (!file.flush()) throw fs::filesystem_error("write", New(path), std::make_error_code(std::errc::io_error));
}

// The few files of /etc that compilers, interpreters and the C library read; users of the machine are not among them.
void ShowConfiguration() {
  fs::create_directory(New("/etc"));
  WriteText("/etc/passwd",
            "root:x:0:0:root:/:/usr/sbin/nologin\n"
            "student:x:1000:1000:student:/work:/bin/sh\n"
            "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n");
  WriteText("/etc/group", "root:x:0:\nstudent:x:1000:\nnogroup:x:65534:\n");
  WriteText("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n");
  WriteText("/etc/hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n");
  for (const char* path : {"/etc/ld.so.cache", "/etc/localtime", "/etc/services", "/etc/protocols"}) {
    std::error_code absent;
    fs::copy_file(path, New(path), absent);
  }
  if (fs::is_directory("/etc/alternatives")) {
    fs::create_directory(New("/etc/alternatives"));
    Bind("/etc/alternatives", os::Access::kReadOnly, os::Devices::kRefuse);
  }
}

void ShowDevices() {
  fs::create_directory(New("/dev"));
  for (const char* path : {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"}) {
    WriteText(path, "");
    Bind(path, os::Access::kReadWrite, os::Devices::kAllow);
  }
  fs::create_symlink("/proc/self/fd", New("/dev/fd"));
  fs::create_symlink("/proc/self/fd/0", New("/dev/stdin"));
  fs::create_symlink("/proc/self/fd/1", New("/dev/stdout"));
  fs::create_symlink("/proc/self/fd/2", New("/dev/stderr"));
}

void MakeMountPoints() {
  for (const char* path : {"/proc", "/tmp", "/work", "/box", "/dev/shm", "/dev/mqueue"}) {
    fs::create_directory(New(path));
  }
  Bind("/proc", os::Access::kReadWrite, os::Devices::kAllow);
}

}  // namespace

PrivateRoot::PrivateRoot() {
  os::ThrowIf(os::Unshare(CLONE_NEWNS), "unshare the mount namespace");
  // As a slave it still sees what the machine mounts later, for views.
  os::ThrowIf(os::SetPropagation(os::Propagation::kSlave), "make mounts slaves");
  machine_ = os::OwnMountNamespace();
  EnterOwnCopy();
  prepared_ = os::OwnMountNamespace();
}

void PrivateRoot::EnterOwnCopy() {
  os::ThrowIf(os::Unshare(CLONE_NEWNS), "unshare the mount namespace");
  os::ThrowIf(os::SetPropagation(os::Propagation::kPrivate), "make mounts private");
  ::umask(022);
  os::ThrowIf(os::MountTmpfs(kBuilding, "size=4m,mode=0755"), "mount the private root");
  ShowSystem();
  ShowConfiguration();
  ShowDevices();
  MakeMountPoints();
  os::ThrowIf(os::EnterRoot(kBuilding), "enter the private root");
  os::ThrowIf(os::SealMount("/"), "seal the private root");
}

os::Fd PrivateRoot::CopyOf(const std::string& host) const {
  os::ThrowIf(os::JoinNamespace(machine_, CLONE_NEWNS), "setns to the machine's mounts");
  const int tree = os::CloneTree(host.c_str());
  const int error = errno;
  os::ThrowIf(os::JoinNamespace(prepared_, CLONE_NEWNS), "setns to the private root");
  if (tree < 0) os::ThrowIf(error, ("open_tree " + host).c_str());
  os::Fd copy(tree);
  os::ThrowIf(os::RestrictTree(copy.get(), os::Access::kReadOnly, os::Devices::kRefuse), ("restrict " + host).c_str());
  return copy;
}

void PrivateRoot::EnsurePoint(const std::string& path, Point kind) const {
  if (fs::exists(fs::symlink_status(path))) return;
  os::ThrowIf(os::UnsealMount("/"), "unseal the private root");
  os::Errno error = 0;
  if (kind == Point::kFolder) {
    if (::mkdir(path.c_str(), 0755) != 0) error = errno;
  } else {
    const os::Fd made(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644));
    if (!made) error = errno;
  }
  os::ThrowIf(os::SealMount("/"), "seal the private root");
  os::ThrowIf(error, ("make mount point " + path).c_str());
}

}  // namespace grader::sandbox
