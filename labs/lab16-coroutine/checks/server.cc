// coro_server: what lab 12's servers do, in one thread.
#include "grader/checks/ok_server.h"
#include "scene.h"

namespace grader::checks::lab16 {
namespace {

class CoroServer : public OkServerCheck {
 protected:
  Protocol protocol() override { return OkProtocol({.program = "coro_server"}, 8888); }
};

OK_SERVER_CHECKS_AT_ONCE(CoroServer, Server, 200)

LAB_CHECK_F(CoroServer, Server, HasOneThread, .points = 3, .hint = "A task for each client, not a thread.",
            .needs = {"Server.AnswersEachMessage"},
            .title = "the server is one process with one thread, however many clients there are") {
  auto server = Serve(protocol().options);
  if (!server) return;
  for (int i = 0; i < 20; ++i) {
    if (!Exchange(server, server.Connect(), random().Name())) return;
  }
  if (!Settle(server)) return;
  const auto glimpse = server.run().TakeGlimpse();
  if (glimpse.living() == 1 && glimpse.threads() == 1) return;
  FailServer(server, "with 20 clients there is one process with one thread",
             {"there were " + Count(glimpse.living(), "process", "processes") + " with " +
                  Count(glimpse.threads(), "thread", "threads") + " in all",
              {},
              {}});
}

}  // namespace
}  // namespace grader::checks::lab16
