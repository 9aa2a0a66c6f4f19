// The three servers of this lab.
#pragma once

#include "grader/checks/ok_server.h"
#include "grader/checks/server_vocabulary.h"

namespace grader::checks::lab12 {

inline constexpr int kPort = 8888;

class IterativeServer : public OkServerCheck {
 protected:
  Protocol protocol() override {
    auto protocol = OkProtocol({.program = "iterative_server"}, kPort);
    protocol.one_by_one = true;
    return protocol;
  }
};

class ForkServer : public OkServerCheck {
 protected:
  Protocol protocol() override { return OkProtocol({.program = "fork_server"}, kPort); }
};

class ThreadServer : public OkServerCheck {
 protected:
  Protocol protocol() override { return OkProtocol({.program = "thread_server"}, kPort); }
};

}  // namespace grader::checks::lab12
