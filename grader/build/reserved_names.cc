#include "grader/build/reserved_names.h"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

namespace grader::build {
namespace {

// A structure of the file, if it lies within it.
template <typename T>
std::optional<T> At(std::string_view file, std::uint64_t offset) {
  if (offset > file.size() || file.size() - offset < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, file.data() + offset, sizeof value);
  return value;
}

std::string_view TextAt(std::string_view file, std::uint64_t offset) {
  if (offset >= file.size()) return {};
  const std::string_view rest = file.substr(offset);
  return rest.substr(0, rest.find('\0'));
}

enum class Which { kSeenByOthers, kAll };

bool IsSeenByOthers(const Elf64_Sym& symbol) {
  const auto binding = ELF64_ST_BIND(symbol.st_info);
  const auto visibility = ELF64_ST_VISIBILITY(symbol.st_other);
  return binding != STB_LOCAL && visibility != STV_HIDDEN;
}

// Those of one symbol table.
void AddNames(std::string_view file, const Elf64_Shdr& table, const Elf64_Shdr& texts, Which which,
              std::set<std::string>& names) {
  const std::uint64_t count = table.sh_size / sizeof(Elf64_Sym);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto symbol = At<Elf64_Sym>(file, table.sh_offset + i * sizeof(Elf64_Sym));
    if (!symbol) return;
    if (symbol->st_shndx == SHN_UNDEF) continue;
    if (which == Which::kAll || IsSeenByOthers(*symbol)) names.emplace(TextAt(file, texts.sh_offset + symbol->st_name));
  }
}

std::set<std::string> DefinedNames(std::string_view file, Which which) {
  std::set<std::string> names;
  const auto header = At<Elf64_Ehdr>(file, 0);
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return names;
  const auto section = [&](std::uint64_t number) {
    return At<Elf64_Shdr>(file, header->e_shoff + number * sizeof(Elf64_Shdr));
  };
  for (std::uint64_t i = 0; i < header->e_shnum; ++i) {
    const auto table = section(i);
    if (!table || (table->sh_type != SHT_SYMTAB && table->sh_type != SHT_DYNSYM)) continue;
    if (const auto texts = section(table->sh_link)) AddNames(file, *table, *texts, which, names);
  }
  return names;
}

// The linker makes these in every file.
bool IsLinkers(const std::string& name) {
  static const std::set<std::string> kNames = {"",     "_init",  "_fini",       "_start",     "_edata",
                                               "_end", "_etext", "__bss_start", "data_start", "__data_start"};
  return kNames.contains(name);
}

// operator new and operator delete, which a program may have of its own (C++20, [replacement.functions]).
bool IsReplaceable(const std::string& name) {
  return name.starts_with("_Znw") || name.starts_with("_Zna") || name.starts_with("_Zdl") || name.starts_with("_Zda");
}

}  // namespace

std::vector<std::string> NamesInBoth(std::string_view program, std::string_view library) {
  const std::set<std::string> ours = DefinedNames(library, Which::kSeenByOthers);
  std::vector<std::string> both;
  for (const std::string& name : DefinedNames(program, Which::kAll)) {
    if (ours.contains(name) && !IsLinkers(name) && !IsReplaceable(name)) both.push_back(name);
  }
  return both;
}

}  // namespace grader::build
