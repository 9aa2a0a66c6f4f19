// ipc.hpp, lab6: messages between processes, after Python's multiprocessing.Pipe and Queue.
//
//   auto [here, there] = ipc::Pipe();
//   if (fork() == 0) {
//     here.close();                                    // each side closes the end it does not use,
//     there.send(ipc::ToBytes("hello"));               // or nobody ever sees the end of the stream
//     _exit(0);
//   }
//   there.close();
//   std::cout << ipc::ToText(here.recv()) << '\n';     // hello
//
// Fixed: everything outside the private sections, because programs you have never seen are compiled against it.
// Yours: the private sections, and all of ipc.cpp.
//
// Objects are made before fork() and used on both sides of it. Waiting is asleep: no spinning, no sleep-and-look-again.
// A signal handler that runs meanwhile disturbs no call and changes no timeout. Descriptors are close-on-exec. Nothing
// outlives the last process that uses an object, even if all are killed. A failed system call that is not named below
// throws std::system_error.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "descriptor.h"

namespace ipc {

// A message: any bytes, or none at all.
using Bytes = std::vector<std::byte>;

// This process has closed the object, or moved it away.
struct Closed : std::logic_error {
  using logic_error::logic_error;
};
// Every copy of the other end is closed: there is nothing left to recv(), or nobody to send() to.
struct Disconnected : std::runtime_error {
  using runtime_error::runtime_error;
};
// put() found no room in time.
struct Full : std::runtime_error {
  using runtime_error::runtime_error;
};
// get() found no message in time.
struct Empty : std::runtime_error {
  using runtime_error::runtime_error;
};

// One end of a pipe. fork() duplicates it; at one time, only one process may send and one receive through the same end.
class Connection {
 public:
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;  // closes the end it held before
  ~Connection();                                       // closes it

  // Sends one message of up to 16 MiB; sleeps while the pipe is full. Throws Disconnected if nobody can receive it any
  // more (and no SIGPIPE ends the process), std::length_error if it is longer, std::logic_error on the end that only
  // receives, Closed.
  void send(std::span<const std::byte> message);

  // Sleeps until a message has come, and returns it: the bytes of one send(), in the order of sending. A message whose
  // sender died over it does not count. Throws Disconnected, std::logic_error on the end that only sends, Closed.
  Bytes recv();

  // Sleeps until recv() has something to return or to throw, at most for timeout (up to a day; zero or less only
  // looks). True if it has, also at the end of the stream; false only when timeout has passed. Throws std::logic_error
  // on the end that only sends, Closed.
  bool poll(std::chrono::nanoseconds timeout = {});

  // Closes this process's copy of the end. Any number of calls.
  void close();

 private:
  friend std::pair<Connection, Connection> Pipe(bool duplex);

  enum class Ways { kBoth, kReceives, kSends };

  Connection(Descriptor socket, Ways ways) : socket_(std::move(socket)), ways_(ways) {}

  void NeedsToSend() const;  // both throw Closed and std::logic_error
  void NeedsToReceive() const;

  // What lies next in the socket.
  enum class Next { kNothing, kPart, kEndOfMessage, kEndOfStream };
  Next Peek() const;

  // Takes the next piece of a message, sleeping until there is one. True if the message is whole now.
  bool TakePiece();

  Descriptor socket_;
  Ways ways_;
  Bytes arriving_;  // the pieces taken so far of a message that is not whole yet
};

// Two connected ends. Duplex: both send and receive. Otherwise the first only receives, the second only sends.
std::pair<Connection, Connection> Pipe(bool duplex = true);

// A first-in-first-out queue for any number of putting and getting processes. Each message is got exactly once. A
// process that is killed while it waits in put() or get() takes nothing with it and holds up nobody.
class Queue {
 public:
  static constexpr int kMaxSize = 128;               // messages: as many as fit into a large pipe
  static constexpr std::size_t kMaxMessage = 4'000;  // bytes: with a header, still less than PIPE_BUF

  // Room for maxsize messages; 0 stands for kMaxSize. Throws std::invalid_argument outside 0 … kMaxSize.
  explicit Queue(int maxsize = 0);

  // close().
  ~Queue();
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  // Appends message. Sleeps while the queue is full: for at most timeout, if there is one (up to a day; zero or less
  // only looks), and not at all without block. Throws Full, only when that time has passed; std::length_error if
  // message is too long, Closed.
  void put(std::span<const std::byte> message, bool block = true,
           std::optional<std::chrono::nanoseconds> timeout = std::nullopt);

  // Removes the oldest message. Sleeps while there is none, as put() does. Throws Empty, Closed.
  Bytes get(bool block = true, std::optional<std::chrono::nanoseconds> timeout = std::nullopt);

  // The messages put by any process and not yet got: exact while nobody is inside put() or get(). All three throw
  // Closed.
  int qsize() const;
  bool empty() const;
  bool full() const;

  // Ends the use of the queue in this process: its other calls throw Closed from now on. What was put stays for the
  // other processes, and nothing changes for them. Any number of calls.
  void close();

 private:
  void NeedsToBeOpen() const;

  int maxsize_;
  PipeEnds messages_;  // in packet mode: what one write puts in, one read takes out
  PipeEnds room_;      // a byte for each message that may still be put
  Descriptor lock_;    // a file that is nothing but locked
};

// Given: text as a message, and back.
inline Bytes ToBytes(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}
inline std::string ToText(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace ipc
