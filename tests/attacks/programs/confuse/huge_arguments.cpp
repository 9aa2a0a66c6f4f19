// Becomes itself with as many words as the kernel takes, and once with none.
// gets: all
#include <vector>

#include "attack.h"

int main(int count, char**) {
  if (count > 100) {
    char* nothing[] = {nullptr};
    execve("/proc/self/exe", nothing, nothing);  // the kernel may put in an empty word
    return 4;
  }
  if (getenv("PATH") == nullptr) {
    Work();
    return 0;
  }
  for (size_t words = 20; words > 1; --words) {
    std::vector<char> word(100'000, '\x1b');
    word.back() = '\0';
    std::vector<char*> arguments(words, word.data());
    static char little[] = "\xff\n";
    arguments.resize(words + 1000, little);
    arguments.push_back(nullptr);
    execve("/proc/self/exe", arguments.data(), environ);  // E2BIG until it fits
  }
  return 5;
}
