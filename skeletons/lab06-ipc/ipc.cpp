// ipc: messages between processes (lab 6). The handout, labs/lab06-ipc/README.md, and the comments in ipc.hpp say what
// each function must do.
#include "ipc.hpp"

namespace ipc {
namespace {

[[noreturn]] void NotWrittenYet(const char* what) {
  throw std::runtime_error(std::string(what) + " is not written yet");
}

}  // namespace

// TODO: what does an end have to remember? Put it into the private section of Connection, in ipc.hpp.
Connection::Connection([[maybe_unused]] Connection&& other) noexcept {}

Connection& Connection::operator=([[maybe_unused]] Connection&& other) noexcept { return *this; }

Connection::~Connection() {}

void Connection::send([[maybe_unused]] std::span<const std::byte> message) {
  // TODO: a stream has no borders. How does the other side know where a message ends?
  NotWrittenYet("send");
}

Bytes Connection::recv() {
  // TODO: one read may bring a part of a message, or more than one. What if the sender dies in the middle of it?
  NotWrittenYet("recv");
}

bool Connection::poll([[maybe_unused]] std::chrono::nanoseconds timeout) {
  // TODO: when poll() returns true, recv() must not have to sleep.
  NotWrittenYet("poll");
}

void Connection::close() { NotWrittenYet("close"); }

std::pair<Connection, Connection> Pipe([[maybe_unused]] bool duplex) {
  // TODO: pipe2(2) or socketpair(2). Which of them goes both ways?
  NotWrittenYet("Pipe");
}

Queue::Queue([[maybe_unused]] int maxsize) {
  // TODO: where are the messages, and what do those sleep on who find it full, or empty?
  NotWrittenYet("Queue");
}

Queue::~Queue() {}

void Queue::put([[maybe_unused]] std::span<const std::byte> message, [[maybe_unused]] bool block,
                [[maybe_unused]] std::optional<std::chrono::nanoseconds> timeout) {
  // TODO: what if this process is killed while it sleeps here?
  NotWrittenYet("put");
}

Bytes Queue::get([[maybe_unused]] bool block, [[maybe_unused]] std::optional<std::chrono::nanoseconds> timeout) {
  // TODO: two processes that get at the same time must not get one message twice, or half of it each.
  NotWrittenYet("get");
}

int Queue::qsize() const { NotWrittenYet("qsize"); }

bool Queue::empty() const { NotWrittenYet("empty"); }

bool Queue::full() const { NotWrittenYet("full"); }

void Queue::close() { NotWrittenYet("close"); }

}  // namespace ipc
