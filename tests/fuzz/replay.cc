// replay CORPUS MUTATIONS: gives the target every file of the corpus, then so many changed ones. The same in every run,
// so that a failure can be seen again; searching for new ones is libFuzzer's (tests/fuzz/run).
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace {

namespace fs = std::filesystem;

std::vector<std::string> ReadCorpus(const fs::path& folder) {
  std::vector<fs::path> paths(fs::directory_iterator(folder), {});
  std::ranges::sort(paths);
  std::vector<std::string> inputs;
  for (const fs::path& path : paths) {
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    inputs.push_back(content.str());
  }
  return inputs;
}

class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& corpus) : corpus_(corpus) {}

  std::string Next() {
    std::string input = AnyInput();
    for (int changes = 1 + Below(4); changes > 0; --changes) Change(input);
    return input;
  }

 private:
  int Below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  std::size_t Place(const std::string& text) {
    return static_cast<std::size_t>(Below(static_cast<int>(text.size()) + 1));
  }
  const std::string& AnyInput() { return corpus_[static_cast<std::size_t>(Below(static_cast<int>(corpus_.size())))]; }

  void Change(std::string& input) {
    static const std::string kOdd[] = {std::string(1, '\0'),
                                       "\xff",
                                       "\"",
                                       "\\",
                                       "\n",
                                       "]]>",
                                       "\x1b[",
                                       "-1",
                                       "99999999999999999999",
                                       "1e999",
                                       "{",
                                       "[",
                                       "=",
                                       "../",
                                       "\xed\xa0\x80",
                                       "\xf4\x90\x80\x80",
                                       "%s",
                                       "'''"};
    const std::size_t at = Place(input);
    switch (Below(5)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(Below(256));
        break;
      case 1:
        input.insert(at, kOdd[Below(std::size(kOdd))]);
        break;
      case 2:
        input.erase(at, static_cast<std::size_t>(1 + Below(20)));
        break;
      case 3:
        input.insert(at, input.substr(Place(input), static_cast<std::size_t>(Below(60))));
        break;
      default: {
        const std::string& other = AnyInput();
        input = input.substr(0, at) + other.substr(Place(other));
      }
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937 random_{1};
};

std::string current;  // for who ends the process

[[noreturn]] void TellInput() {
  std::cerr << "the input was:\n" << current << '\n';
  std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::set_terminate(TellInput);
  const auto corpus = ReadCorpus(argv[1]);
  if (corpus.empty()) {
    std::cerr << "no corpus in " << argv[1] << '\n';
    return 1;
  }
  for (const std::string& input : corpus) {
    current = input;
    grader::fuzz::Try(input);
  }
  Mutator mutator(corpus);
  for (int left = std::atoi(argv[2]); left > 0; --left) {
    current = mutator.Next();
    grader::fuzz::Try(current);
  }
}
