// primes: counts primes in four ways (lab 11). The handout, labs/lab11-parallel/README.md, says what each must do.
#include <cstdio>
#include <string>
#include <vector>

namespace {

int Usage() {
  std::fputs("usage: primes serial|threads|processes|biglock WORKERS LIMIT\n", stderr);
  return 2;
}

int NotWrittenYet(const char* what) {
  std::fprintf(stderr, "primes: %s is not written yet\n", what);
  return 1;
}

int Serial([[maybe_unused]] int limit) {
  // TODO: count the primes up to limit, and print how many there are.
  return NotWrittenYet("serial");
}

int Threads([[maybe_unused]] int workers, [[maybe_unused]] int limit) {
  // TODO: workers threads that share the work. Who gets which numbers, so that all have about as much to do?
  return NotWrittenYet("threads");
}

int Processes([[maybe_unused]] int workers, [[maybe_unused]] int limit) {
  // TODO: the same with fork. How does a child's count come to the parent?
  return NotWrittenYet("processes");
}

int BigLock([[maybe_unused]] int workers, [[maybe_unused]] int limit) {
  // TODO: threads again, and one lock that is held while computing. Who gets it next, and how does he learn of it?
  return NotWrittenYet("biglock");
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() != 3) return Usage();
  // TODO: refuse what is no number, and what is out of range; stoi takes "3x" for 3.
  const int workers = std::stoi(words[1]);
  const int limit = std::stoi(words[2]);
  if (words[0] == "serial") return Serial(limit);
  if (words[0] == "threads") return Threads(workers, limit);
  if (words[0] == "processes") return Processes(workers, limit);
  if (words[0] == "biglock") return BigLock(workers, limit);
  return Usage();
}
