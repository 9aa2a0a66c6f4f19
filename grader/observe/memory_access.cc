#include "grader/observe/memory_access.h"

#include <Zydis/Zydis.h>

#include <array>
#include <utility>

#include "grader/observe/task_memory.h"

namespace grader::observe {
namespace {

ZydisRegisterContext ContextOf(const user_regs_struct& registers) {
  ZydisRegisterContext context{};
  const std::pair<ZydisRegister, std::uint64_t> values[] = {
      {ZYDIS_REGISTER_RAX, registers.rax}, {ZYDIS_REGISTER_RBX, registers.rbx}, {ZYDIS_REGISTER_RCX, registers.rcx},
      {ZYDIS_REGISTER_RDX, registers.rdx}, {ZYDIS_REGISTER_RSI, registers.rsi}, {ZYDIS_REGISTER_RDI, registers.rdi},
      {ZYDIS_REGISTER_RBP, registers.rbp}, {ZYDIS_REGISTER_RSP, registers.rsp}, {ZYDIS_REGISTER_R8, registers.r8},
      {ZYDIS_REGISTER_R9, registers.r9},   {ZYDIS_REGISTER_R10, registers.r10}, {ZYDIS_REGISTER_R11, registers.r11},
      {ZYDIS_REGISTER_R12, registers.r12}, {ZYDIS_REGISTER_R13, registers.r13}, {ZYDIS_REGISTER_R14, registers.r14},
      {ZYDIS_REGISTER_R15, registers.r15}};
  for (const auto& [name, value] : values) context.values[name] = value;
  return context;
}

bool IsOrdinaryMemory(const ZydisDecodedOperand& operand) {
  return operand.type == ZYDIS_OPERAND_TYPE_MEMORY && operand.mem.type == ZYDIS_MEMOP_TYPE_MEM &&
         operand.mem.segment != ZYDIS_REGISTER_FS && operand.mem.segment != ZYDIS_REGISTER_GS;
}

// XCHG locks without being told to (Intel 64 manual, volume 2).
bool IsLocked(const ZydisDecodedInstruction& instruction) {
  return (instruction.attributes & ZYDIS_ATTRIB_HAS_LOCK) != 0 || instruction.mnemonic == ZYDIS_MNEMONIC_XCHG;
}

bool ReadsAndWrites(const ZydisDecodedOperand& operand) {
  return (operand.actions & ZYDIS_OPERAND_ACTION_MASK_READ) != 0 &&
         (operand.actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) != 0;
}

}  // namespace

std::vector<MemoryAccess> AccessesOf(std::span<const std::byte> code, const user_regs_struct& registers) {
  constexpr unsigned kBits = 8;
  ZydisDecoder decoder;
  ZydisDecodedInstruction instruction;
  ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
  ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
  if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, code.data(), code.size(), &instruction, operands))) return {};
  const auto context = ContextOf(registers);
  std::vector<MemoryAccess> accesses;
  for (const auto& operand : std::span(operands, instruction.operand_count)) {
    ZyanU64 address = 0;
    if (IsOrdinaryMemory(operand) &&
        ZYAN_SUCCESS(ZydisCalcAbsoluteAddressEx(&instruction, &operand, registers.rip, &context, &address))) {
      const bool divisible = ReadsAndWrites(operand) && !IsLocked(instruction);
      accesses.push_back({address, operand.size / kBits, divisible});
    }
  }
  return accesses;
}

std::vector<MemoryAccess> NextAccessesOf(pid_t host_tid, const user_regs_struct& registers) {
  constexpr std::size_t kLongestInstruction = 15;  // bytes; Intel 64 manual, volume 2, section 2.3.11
  std::array<std::byte, kLongestInstruction> code;
  const std::size_t size = ReadMemory(host_tid, registers.rip, code);
  return AccessesOf(std::span(code).first(size), registers);
}

}  // namespace grader::observe
