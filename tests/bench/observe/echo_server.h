#pragma once

namespace bench {

// An epoll server on loopback echoes messages for a process with that many clients, each sending so many messages in
// turn. Ends the process with a message if a system call fails.
void ServeEchoes(int clients, int messages);

}  // namespace bench
