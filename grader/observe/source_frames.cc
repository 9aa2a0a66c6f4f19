#include "grader/observe/source_frames.h"

#include <cxxabi.h>
#include <dwarf.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "grader/sandbox/places.h"

namespace grader::observe {
namespace {

constexpr std::size_t kMostInlined = 32;
// The demangler recurses; a name of this length is not one that a person wrote.
constexpr std::size_t kLongestName = 4096;

struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }
};

// A name from DWARF or the symbol table as C++ source would write it, cut to a length that can be shown.
std::string Demangle(const char* name) {
  if (name == nullptr || strnlen(name, kLongestName) == kLongestName) return {};
  constexpr std::size_t kLongestShown = 300;
  int status = 0;
  const std::unique_ptr<char, FreeMemory> demangled(abi::__cxa_demangle(name, nullptr, nullptr, &status));
  std::string text = status == 0 && demangled ? demangled.get() : name;
  if (text.size() > kLongestShown) text = text.substr(0, kLongestShown) + "...";
  return text;
}

// Makes a path from a line table what it was on the compiler's command line: dwarf puts the compiler's working folder
// before relative ones.
std::string AsGiven(const char* path, const char* compiled_in) {
  constexpr std::size_t kLongestPath = 1024;
  if (path == nullptr || strnlen(path, kLongestPath) == kLongestPath) return {};
  std::string_view given = path;
  if (compiled_in != nullptr && given.starts_with(compiled_in)) {
    const std::string_view rest = given.substr(std::strlen(compiled_in));
    if (rest.starts_with('/')) given = rest.substr(1);
  }
  while (given.starts_with("./")) given.remove_prefix(2);
  return sandbox::WithoutBases(given);
}

std::string NameOf(Dwarf_Die* die) {
  Dwarf_Attribute attribute;
  for (const unsigned which : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
    if (dwarf_attr_integrate(die, which, &attribute) != nullptr) {
      if (const char* name = dwarf_formstring(&attribute)) return Demangle(name);
    }
  }
  const char* name = dwarf_diename(die);
  return name != nullptr ? std::string(name, strnlen(name, kLongestName)) : std::string();
}

std::optional<Dwarf_Word> Number(Dwarf_Die* die, unsigned attribute_name) {
  Dwarf_Attribute attribute;
  Dwarf_Word value = 0;
  if (dwarf_attr(die, attribute_name, &attribute) == nullptr) return std::nullopt;
  if (dwarf_formudata(&attribute, &value) != 0) return std::nullopt;
  return value;
}

const char* CompiledIn(Dwarf_Die* unit) {
  Dwarf_Attribute attribute;
  return dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
}

// Where an inlined call stands.
void SetCallSite(Dwarf_Die* unit, Dwarf_Die* inlined, Frame& caller) {
  const auto file = Number(inlined, DW_AT_call_file);
  const auto line = Number(inlined, DW_AT_call_line);
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  if (!file || !line || dwarf_getsrcfiles(unit, &files, &count) != 0 || *file >= count) return;
  caller.file = AsGiven(dwarf_filesrc(files, *file, nullptr, nullptr), CompiledIn(unit));
  caller.line = static_cast<int>(*line);
}

// Finds the nested pieces of code around an address, outermost first. dwarf_getscopes() would do, but it does not find
// the functions of local classes, and so no lambda.
class ScopeSearch {
 public:
  explicit ScopeSearch(Dwarf_Addr address) : address_(address) {}

  bool Enter(Dwarf_Die* parent, int depth = 0) {
    Dwarf_Die child;
    if (depth > kDeepest || !dwarf_haschildren(parent) || dwarf_child(parent, &child) != 0) return false;
    do {
      if (--budget_ < 0) return false;
      const int tag = dwarf_tag(&child);
      if (IsCode(tag) && dwarf_haspc(&child, address_) == 1) {
        path_.push_back(child);
        Enter(&child, depth + 1);
        return true;
      }
      // Classes outside of functions hold only declarations.
      if ((tag == DW_TAG_subprogram || (depth > 0 && MayHoldFunctions(tag))) && Enter(&child, depth + 1)) return true;
    } while (dwarf_siblingof(&child, &child) == 0);
    return false;
  }

  std::vector<Dwarf_Die>& path() { return path_; }

 private:
  static constexpr int kDeepest = 40;

  static bool IsCode(int tag) {
    return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine || tag == DW_TAG_lexical_block;
  }
  static bool MayHoldFunctions(int tag) {
    return tag == DW_TAG_lexical_block || tag == DW_TAG_structure_type || tag == DW_TAG_class_type;
  }

  Dwarf_Addr address_;
  int budget_ = 200'000;  // entries to look at; a real file of code has fewer
  std::vector<Dwarf_Die> path_;
};

}  // namespace

bool IsStudents(const std::string& file) { return !file.starts_with("/usr/") && !file.starts_with("/extra/"); }

std::vector<Frame> SourceFrames(Dwfl_Module* module, Dwarf_Addr address) {
  std::vector<Frame> frames;
  Frame frame;
  if (Dwfl_Line* line = dwfl_module_getsrc(module, address)) {
    int number = 0;
    const char* path = dwfl_lineinfo(line, nullptr, &number, nullptr, nullptr, nullptr);
    frame.file = AsGiven(path, dwfl_line_comp_dir(line));
    frame.line = number;
  }

  Dwarf_Addr bias = 0;
  Dwarf_Die* unit = dwfl_module_addrdie(module, address, &bias);
  ScopeSearch search(address - bias);
  if (unit != nullptr) search.Enter(unit);
  for (auto scope = search.path().rbegin(); scope != search.path().rend() && frames.size() < kMostInlined; ++scope) {
    if (dwarf_tag(&*scope) == DW_TAG_inlined_subroutine) {
      frame.function = NameOf(&*scope);
      frames.push_back(frame);
      frame = Frame{};
      SetCallSite(unit, &*scope, frame);
    }
  }
  frame.function = Demangle(dwfl_module_addrname(module, address));
  frames.push_back(std::move(frame));
  return frames;
}

}  // namespace grader::observe
