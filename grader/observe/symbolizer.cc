#include "grader/observe/symbolizer.h"

#include <elfutils/libdwfl.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <utility>

#include "grader/observe/module_maps.h"
#include "grader/observe/source_frames.h"
#include "grader/os/fd.h"

namespace grader::observe {
namespace {

constexpr std::size_t kMostFrames = 64;
constexpr off_t kLargestElf = off_t{512} << 20;
// Address spaces kept ready; a run whose processes all exec has one for each.
constexpr std::size_t kMostSpaces = 8;

struct EndDwfl {
  void operator()(Dwfl* dwfl) const { dwfl_end(dwfl); }
};
struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Opens a module's file; its name is already the machine's path (ModuleMaps). The caller, libdwfl, owns both results.
int FindElf(Dwfl_Module*, void**, const char* path, Dwarf_Addr, char** file_name, Elf**) {
  os::Fd file(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!file || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > kLargestElf) return -1;
  *file_name = strdup(path);
  return file.Release();
}

// Separate debug files are never looked for: loading those of libc takes up to 400 ms, and only the student's own lines
// matter.
int NoDebugFile(Dwfl_Module*, void**, const char*, Dwarf_Addr, const char*, const char*, GElf_Word, char**) {
  return -1;
}

constexpr Dwfl_Callbacks kCallbacks = {FindElf, NoDebugFile, nullptr, nullptr};

constexpr pid_t kAnyId = 1;  // libdwfl wants an id for the process and thread; nothing is looked up by it

pid_t NextThread(Dwfl*, void* argument, void** thread) {
  if (*thread != nullptr) return 0;
  *thread = argument;
  return kAnyId;
}

bool GetThread(Dwfl*, pid_t, void* argument, void** thread) {
  *thread = argument;
  return true;
}

bool ReadWord(Dwfl*, Dwarf_Addr address, Dwarf_Word* word, void* argument) {
  const StackSnapshot* snapshot = *static_cast<const StackSnapshot**>(argument);
  if (snapshot == nullptr || address < snapshot->start) return false;
  const Dwarf_Addr offset = address - snapshot->start;
  if (offset > snapshot->bytes.size() || snapshot->bytes.size() - offset < sizeof *word) return false;
  std::memcpy(word, snapshot->bytes.data() + offset, sizeof *word);
  return true;
}

// In the order of the System V ABI for AMD64, figure 3.36.
bool SetRegisters(Dwfl_Thread* thread, void* argument) {
  const user_regs_struct& r = (*static_cast<const StackSnapshot**>(argument))->registers;
  const std::array<Dwarf_Word, 17> words = {r.rax, r.rdx, r.rcx, r.rbx, r.rsi, r.rdi, r.rbp, r.rsp, r.r8,
                                            r.r9,  r.r10, r.r11, r.r12, r.r13, r.r14, r.r15, r.rip};
  return dwfl_thread_state_registers(thread, 0, words.size(), words.data());
}

constexpr Dwfl_Thread_Callbacks kThreadCallbacks = {NextThread, GetThread, ReadWord, SetRegisters, nullptr, nullptr};

int CollectAddress(Dwfl_Frame* frame, void* argument) {
  auto& addresses = *static_cast<std::vector<Dwarf_Addr>*>(argument);
  Dwarf_Addr pc = 0;
  bool is_activation = false;
  if (!dwfl_frame_pc(frame, &pc, &is_activation)) return DWARF_CB_ABORT;
  // A return address is the start of what follows the call; the call itself is before it.
  addresses.push_back(is_activation || pc == 0 ? pc : pc - 1);
  return addresses.size() < kMostFrames ? DWARF_CB_OK : DWARF_CB_ABORT;
}

// The modules of one address space and what has been found out about its code.
class AddressSpace {
 public:
  explicit AddressSpace(const std::string& module_maps) : dwfl_(dwfl_begin(&kCallbacks)) {
    if (!dwfl_ || module_maps.empty()) return;
    std::string text = module_maps;  // fmemopen(3) wants it writable
    const std::unique_ptr<std::FILE, CloseFile> file(fmemopen(text.data(), text.size(), "r"));
    dwfl_report_begin(dwfl_.get());
    const bool reported = file && dwfl_linux_proc_maps_report(dwfl_.get(), file.get()) == 0;
    dwfl_report_end(dwfl_.get(), nullptr, nullptr);
    attached_ = reported && dwfl_attach_state(dwfl_.get(), nullptr, kAnyId, &kThreadCallbacks, &snapshot_);
  }
  AddressSpace(const AddressSpace&) = delete;
  AddressSpace& operator=(const AddressSpace&) = delete;

  Stack Resolve(const StackSnapshot& snapshot, const sandbox::Files& files) {
    Stack stack;
    if (!attached_) return stack;
    std::vector<Dwarf_Addr> addresses;
    snapshot_ = &snapshot;
    dwfl_getthread_frames(dwfl_.get(), kAnyId, CollectAddress, &addresses);
    snapshot_ = nullptr;
    for (const Dwarf_Addr address : addresses) {
      const std::vector<Frame>& frames = FramesAt(address, files);
      stack.insert(stack.end(), frames.begin(), frames.end());
      // What calls main is of no interest to anybody.
      if (frames.back().in_submission && frames.back().function == "main") break;
    }
    return stack;
  }

 private:
  const std::vector<Frame>& FramesAt(Dwarf_Addr address, const sandbox::Files& files) {
    const auto [known, added] = frames_.try_emplace(address);
    if (!added) return known->second;
    Dwfl_Module* module = dwfl_addrmodule(dwfl_.get(), address);
    if (module == nullptr) {
      known->second = {Frame{}};
      return known->second;
    }
    const char* path = dwfl_module_info(module, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
    const bool in_view = path != nullptr && InView(path, files);
    known->second = SourceFrames(module, address);
    for (Frame& frame : known->second) {
      frame.in_submission = in_view && IsStudents(frame.file);
    }
    return known->second;
  }

  std::unique_ptr<Dwfl, EndDwfl> dwfl_;
  bool attached_ = false;
  const StackSnapshot* snapshot_ = nullptr;  // the one being resolved; libdwfl's callbacks read it
  std::map<Dwarf_Addr, std::vector<Frame>> frames_;
};

}  // namespace

class Symbolizer::Impl {
 public:
  explicit Impl(sandbox::Files files) : files_(std::move(files)) {}

  Stack Resolve(const StackSnapshot& snapshot) {
    if (snapshot.empty()) return {};
    const std::string maps = ModuleMaps(*snapshot.maps, files_);
    auto space = spaces_.find(maps);
    if (space == spaces_.end()) {
      if (spaces_.size() >= kMostSpaces) spaces_.clear();
      space = spaces_.try_emplace(maps, maps).first;
    }
    return space->second.Resolve(snapshot, files_);
  }

 private:
  sandbox::Files files_;
  std::map<std::string, AddressSpace> spaces_;  // by their module maps
};

Symbolizer::Symbolizer(sandbox::Files files) : impl_(std::make_unique<Impl>(std::move(files))) {}
Symbolizer::~Symbolizer() = default;
Symbolizer::Symbolizer(Symbolizer&&) noexcept = default;
Symbolizer& Symbolizer::operator=(Symbolizer&&) noexcept = default;

Stack Symbolizer::Resolve(const StackSnapshot& snapshot) { return impl_->Resolve(snapshot); }

}  // namespace grader::observe
