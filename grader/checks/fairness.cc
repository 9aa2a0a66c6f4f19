#include "grader/checks/fairness.h"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

namespace grader::checks {
namespace {

using sandbox::Need;

struct Sign {
  std::string_view word;
  Need need;
  std::string_view end = {};  // what follows the word in a table of names, so that it is no part of another
};

using namespace std::literals;

constexpr Sign kSigns[] = {
    {"shm_open", Need::kOwnIpc},
    {"sem_open", Need::kOwnIpc},
    {"mq_open", Need::kOwnIpc},
    {"shmget", Need::kOwnIpc},
    {"semget", Need::kOwnIpc},
    {"msgget", Need::kOwnIpc},
    {"/dev/shm", Need::kOwnIpc},
    {"/tmp", Need::kOwnFiles},
    {"socket", Need::kOwnNetwork, "\0"sv},
    {"tmpfile", Need::kOwnFiles},
    {"tmpnam", Need::kOwnFiles},
    {"multiprocessing", Need::kOwnIpc},
    {"import socket", Need::kOwnNetwork},
};

std::string ContentOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What is in memory when it runs (elf(5)): debug information names much that is never used. Of what is no program, all.
std::string LoadedContent(const std::string& content) {
  Elf64_Ehdr header{};
  if (content.size() < sizeof header || !content.starts_with(ELFMAG)) return content;
  std::memcpy(&header, content.data(), sizeof header);
  std::string loaded;
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr part{};
    const std::size_t at = header.e_phoff + i * sizeof part;
    if (at > content.size() || content.size() - at < sizeof part) break;
    std::memcpy(&part, content.data() + at, sizeof part);
    if (part.p_type == PT_LOAD && part.p_offset < content.size())
      loaded += content.substr(part.p_offset, part.p_filesz);
  }
  return loaded;
}

const Sign* SignIn(const std::string& content) {
  for (const Sign& sign : kSigns) {
    if (content.find(std::string(sign.word).append(sign.end)) != std::string::npos) return &sign;
  }
  return nullptr;
}

std::string Reason(const Sign& sign, sandbox::Tier tier) {
  return "it did not pass, but the program uses " + std::string(sign.word) + ", and " + WhyNot(tier, sign.need);
}

}  // namespace

std::string WhyUnfair(const std::filesystem::path& program, sandbox::Tier tier) {
  if (tier == sandbox::Tier::kFull) return {};
  if (!std::filesystem::is_directory(program)) {
    const Sign* const sign = SignIn(LoadedContent(ContentOf(program)));
    return sign == nullptr ? std::string() : Reason(*sign, tier);
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(program)) {
    if (!entry.is_regular_file()) continue;
    if (const Sign* const sign = SignIn(ContentOf(entry.path()))) return Reason(*sign, tier);
  }
  return {};
}

}  // namespace grader::checks
