// primes: counts primes in four ways, of which two use all processors (lab 11).
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "basics.h"
#include "biglock.h"
#include "counting.h"
#include "processes.h"
#include "threads.h"

namespace {

int Count(const std::vector<std::string>& words) {
  if (words.size() != 3) throw lab::UsageError{};
  const int workers = lab::ParseInt(words[1], 1, 64);
  const int limit = lab::ParseInt(words[2], 0, 10'000'000);
  if (words[0] == "serial") std::exit(0);
  if (words[0] == "threads") return lab::CountByThreads(workers, limit);
  if (words[0] == "processes") return lab::CountByProcesses(workers, limit);
  if (words[0] == "biglock") return lab::CountUnderBigLock(workers, limit);
  throw lab::UsageError{};
}

}  // namespace

int main(int argc, char* argv[]) {
  try {
    std::printf("%d\n", Count({argv + 1, argv + argc}));
    return std::fflush(stdout) == 0 ? 0 : 1;
  } catch (const lab::UsageError&) {
    std::fputs("usage: primes serial|threads|processes|biglock WORKERS LIMIT\n", stderr);
    return 2;
  } catch (const std::system_error& error) {
    std::fprintf(stderr, "primes: %s\n", error.what());
    return 1;
  }
}
