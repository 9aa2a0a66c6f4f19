#include "grader/os/unix_socket.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <cstring>

namespace grader::os {
namespace {

constexpr std::size_t kControlSize = CMSG_SPACE(sizeof(int) * kMostDescriptors) + CMSG_SPACE(sizeof(struct ucred));

void TakeControl(msghdr& header, ReceivedMessage& message) {
  for (cmsghdr* control = CMSG_FIRSTHDR(&header); control != nullptr; control = CMSG_NXTHDR(&header, control)) {
    if (control->cmsg_level != SOL_SOCKET) continue;
    if (control->cmsg_type == SCM_RIGHTS) {
      const std::size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
      for (std::size_t i = 0; i < count; ++i) {
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(control) + i * sizeof(int), sizeof fd);
        message.descriptors.emplace_back(fd);
      }
    } else if (control->cmsg_type == SCM_CREDENTIALS) {
      struct ucred sender {};
      std::memcpy(&sender, CMSG_DATA(control), sizeof sender);
      message.sender = sender.pid;
    }
  }
}

}  // namespace

SocketPair MakeSocketPair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) ThrowErrno("socketpair");
  return {Fd(ends[0]), Fd(ends[1])};
}

void AskForSender(const Fd& socket) {
  const int on = 1;
  if (::setsockopt(socket.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on) != 0) ThrowErrno("setsockopt SO_PASSCRED");
}

Errno SendMessage(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors) noexcept {
  if (descriptors.size() > kMostDescriptors) return EINVAL;
  iovec vector{const_cast<std::byte*>(bytes.data()), bytes.size()};
  msghdr header{};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * kMostDescriptors)];
  if (!descriptors.empty()) {
    header.msg_control = control;
    header.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    std::memset(control, 0, header.msg_controllen);
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(rights), descriptors.data(), descriptors.size_bytes());
  }
  while (::sendmsg(socket, &header, MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

std::optional<ReceivedMessage> ReceiveMessage(const Fd& socket, std::span<std::byte> buffer, Waiting waiting) {
  iovec vector{buffer.data(), buffer.size()};
  alignas(cmsghdr) char control[kControlSize];
  msghdr header{};
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  const int flags = MSG_CMSG_CLOEXEC | (waiting == Waiting::kDoNotBlock ? MSG_DONTWAIT : 0);
  ssize_t size;
  do size = ::recvmsg(socket.get(), &header, flags);
  while (size < 0 && errno == EINTR);
  if (size < 0) {
    if (errno == EAGAIN) return std::nullopt;
    // The other side died with unread messages of ours.
    if (errno == ECONNRESET) return ReceivedMessage{};
    ThrowErrno("recvmsg");
  }
  ReceivedMessage message;
  message.size = static_cast<std::size_t>(size);
  TakeControl(header, message);
  if ((header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
    errno = EMSGSIZE;
    ThrowErrno("recvmsg");
  }
  return message;
}

}  // namespace grader::os
