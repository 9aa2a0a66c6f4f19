// A grader that launches a program and never lets go: prints the ids of its sandbox's init and target, then waits to be
// killed. abandon PROGRAM
#include <poll.h>
#include <unistd.h>

#include <cstdio>

#include "grader/sandbox/spawner.h"

int main(int, char** arguments) {
  const auto spawner = grader::sandbox::Spawner::Start();
  grader::sandbox::LaunchRequest request;
  request.files.views = {{arguments[1], "/box/program"}};
  request.command.argv = {"/box/program"};
  const auto sandbox = spawner->Launch(request);
  sandbox->Release();
  // The program has begun when it has said something.
  pollfd said{sandbox->Stdout().get(), POLLIN, 0};
  poll(&said, 1, -1);
  std::printf("%d %d\n", sandbox->init(), sandbox->target());
  std::fflush(stdout);
  for (;;) pause();
}
