#include "grader/schedule/code_map.h"

#include <cxxabi.h>
#include <elfutils/libdwfl.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string_view>

#include "grader/observe/source_frames.h"

namespace grader::schedule {
namespace {

struct EndDwfl {
  void operator()(Dwfl* dwfl) const { dwfl_end(dwfl); }
};
struct FreeMemory {
  void operator()(char* memory) const { std::free(memory); }
};

int NoDebugFile(Dwfl_Module*, void**, const char*, Dwarf_Addr, const char*, const char*, GElf_Word, char**) {
  return -1;
}

constexpr Dwfl_Callbacks kCallbacks = {nullptr, NoDebugFile, dwfl_offline_section_address, nullptr};

std::string Demangled(const char* name) {
  if (!std::string_view(name).starts_with("_Z")) return name;  // a would be read as "signed char"
  int status = 0;
  const std::unique_ptr<char, FreeMemory> text(abi::__cxa_demangle(name, nullptr, nullptr, &status));
  return status == 0 && text ? text.get() : name;
}

}  // namespace

class CodeMap::Impl {
 public:
  explicit Impl(const std::filesystem::path& executable) : dwfl_(dwfl_begin(&kCallbacks)) {
    if (!dwfl_) return;
    dwfl_report_begin(dwfl_.get());
    dwfl_report_offline(dwfl_.get(), "program", executable.c_str(), -1);
    dwfl_report_end(dwfl_.get(), nullptr, nullptr);
  }

  const std::vector<observe::Frame>& At(Pc pc) {
    const auto [known, added] = frames_.try_emplace(pc);
    Dwfl_Module* const module = added ? ModuleAt(pc) : nullptr;
    if (module == nullptr || pc == 0) return known->second;
    known->second = observe::SourceFrames(module, pc - 1);
    for (observe::Frame& frame : known->second)
      frame.in_submission = !frame.file.empty() && observe::IsStudents(frame.file);
    return known->second;
  }

  std::string Global(std::uint64_t address) {
    Dwfl_Module* const module = ModuleAt(address);
    if (module == nullptr) return {};
    GElf_Off offset = 0;
    GElf_Sym symbol;
    const char* const name = dwfl_module_addrinfo(module, address, &offset, &symbol, nullptr, nullptr, nullptr);
    if (name == nullptr || GELF_ST_TYPE(symbol.st_info) != STT_OBJECT || offset >= symbol.st_size) return {};
    return (offset == 0 ? "" : "inside ") + Demangled(name);
  }

 private:
  Dwfl_Module* ModuleAt(Dwarf_Addr address) { return dwfl_ ? dwfl_addrmodule(dwfl_.get(), address) : nullptr; }

  std::unique_ptr<Dwfl, EndDwfl> dwfl_;
  std::map<Pc, std::vector<observe::Frame>> frames_;
};

CodeMap::CodeMap(const std::filesystem::path& executable) : impl_(std::make_unique<Impl>(executable)) {}
CodeMap::~CodeMap() = default;
CodeMap::CodeMap(CodeMap&&) noexcept = default;
CodeMap& CodeMap::operator=(CodeMap&&) noexcept = default;

const std::vector<observe::Frame>& CodeMap::At(Pc pc) { return impl_->At(pc); }

observe::Stack CodeMap::Frames(const Stack& stack) {
  observe::Stack frames;
  const auto kept = std::min<std::size_t>(stack.depth, kMostFrames);
  for (std::size_t i = 0; i < kept; ++i) {
    for (const observe::Frame& frame : impl_->At(stack.frames[i])) {
      if (!frame.file.empty()) frames.push_back(frame);
    }
  }
  return frames;
}

std::string CodeMap::Global(std::uint64_t address) { return impl_->Global(address); }

}  // namespace grader::schedule
