// An FTP server of ours, inside the network of a run, for the client under test.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "grader/os/event_fd.h"
#include "grader/os/fd.h"
#include "grader/sandbox/spawner.h"

namespace grader::checks::lab13 {

// What becomes of a transfer of one name.
enum class Fate {
  kRefused,  // 550, or 553 for STOR
  kReset,    // half of it, then the data connection is reset, and 426
  kShort,    // half of it, then the data connection ends properly, and 451
};

// Serves one client after the other, in a thread of its own, until it is destroyed.
class ModelServer {
 public:
  ModelServer(std::map<std::string, std::string> files, std::map<std::string, Fate> fates);
  ~ModelServer();

  // In RunOptions::prepare: listens on this port and begins to serve.
  void Listen(sandbox::Sandbox& sandbox, std::uint16_t port);

  // All commands so far, and what was uploaded, by the name that STOR gave.
  std::vector<std::string> commands() const;
  std::map<std::string, std::string> uploads() const;

  // Whether somebody has logged in, and everything that it said is answered.
  bool idle() const { return idle_; }

 private:
  struct Gone {};  // the client is
  struct Over {};  // the server is to end

  void Main();
  void Serve();
  void Obey(const std::string& line);
  void Passive(bool extended);
  void List(bool names_only);
  void Retr(const std::string& name);
  void Stor(const std::string& name);
  std::optional<Fate> FateOf(const std::string& name) const;
  os::Fd Accept(const os::Fd& listener);
  std::string ReadLine();
  void Reply(std::string_view text);
  void Send(const os::Fd& socket, std::string_view bytes);
  std::string ReceiveAll(const os::Fd& socket, std::size_t most);
  void Await(const os::Fd& socket, short events);

  const std::map<std::string, std::string> files_;
  const std::map<std::string, Fate> fates_;
  mutable std::mutex mutex_;
  std::vector<std::string> commands_;
  std::map<std::string, std::string> uploads_;
  std::atomic<bool> idle_ = false;

  std::uint16_t data_port_ = 0;
  os::Fd listener_;
  os::Fd data_listener_;
  os::Fd control_;
  std::string received_;
  os::EventFd stop_;
  std::thread thread_;
};

}  // namespace grader::checks::lab13
