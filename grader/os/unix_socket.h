// Message sockets between the grader's processes (unix(7)), with descriptors and process ids passed along.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "grader/os/errno.h"
#include "grader/os/fd.h"

namespace grader::os {

struct SocketPair {
  Fd ours;
  Fd theirs;
};

// A connected pair that keeps message boundaries and tells end of file (SOCK_SEQPACKET), close-on-exec. Throws
// std::system_error.
SocketPair MakeSocketPair();

// From now on each message received on socket carries its sender's process id, as the receiver's pid namespace sees it
// (SO_PASSCRED). Throws std::system_error.
void AskForSender(const Fd& socket);

// How many descriptors one message can carry (SCM_MAX_FD of the kernel).
inline constexpr std::size_t kMostDescriptors = 253;

// Sends one message with copies of the descriptors. EPIPE when nobody listens; never raises SIGPIPE. Between fork and
// exec.
Errno SendMessage(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors = {}) noexcept;

struct ReceivedMessage {
  std::size_t size = 0;  // bytes written to the buffer; 0 is end of file
  std::vector<Fd> descriptors;
  pid_t sender = 0;  // 0 unless AskForSender()
};

enum class Waiting { kBlock, kDoNotBlock };

// Receives one message into buffer. Empty if there is none and it is not to wait. A reset connection counts as end of
// file. Throws std::system_error, also for a message larger than buffer.
std::optional<ReceivedMessage> ReceiveMessage(const Fd& socket, std::span<std::byte> buffer, Waiting waiting);

}  // namespace grader::os
