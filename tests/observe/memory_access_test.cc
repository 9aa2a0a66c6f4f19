#include "grader/observe/memory_access.h"

#include <gmock/gmock.h>

namespace grader::observe {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// What the assembler makes of the instruction in the comment beside each call.
std::vector<MemoryAccess> Accesses(std::initializer_list<int> code) {
  std::vector<std::byte> bytes;
  for (const int byte : code) bytes.push_back(static_cast<std::byte>(byte));
  user_regs_struct registers{};
  registers.rax = 0x1000;
  registers.rbx = 0x20000;
  registers.rcx = 4;
  registers.rsi = 0x3000;
  registers.rdi = 0x4000;
  registers.rsp = 0x7000;
  registers.rip = 0x400000;
  return AccessesOf(bytes, registers);
}

std::vector<std::uint64_t> Touched(std::initializer_list<int> code) {
  std::vector<std::uint64_t> addresses;
  for (const MemoryAccess& access : Accesses(code)) addresses.push_back(access.address);
  return addresses;
}

// Of an instruction with one operand in memory.
bool IsDivisible(std::initializer_list<int> code) { return Accesses(code).at(0).divisible; }

TEST(AccessesOf, AreWhereTheOperandsAre) {
  EXPECT_THAT(Touched({0x8b, 0x03}), ElementsAre(0x20000));                           // mov (%rbx), %eax
  EXPECT_THAT(Touched({0x83, 0x00, 0x01}), ElementsAre(0x1000));                      // addl $1, (%rax)
  EXPECT_THAT(Touched({0x89, 0x54, 0x8b, 0x08}), ElementsAre(0x20018));               // mov %edx, 8(%rbx,%rcx,4)
  EXPECT_THAT(Touched({0xf0, 0x0f, 0xb1, 0x13}), ElementsAre(0x20000));               // lock cmpxchg %edx, (%rbx)
  EXPECT_THAT(Touched({0x8b, 0x05, 0x10, 0x00, 0x00, 0x00}), ElementsAre(0x400016));  // mov 16(%rip), %eax
  EXPECT_THAT(Touched({0xa4}), ElementsAre(0x4000, 0x3000));                          // movsb
}

TEST(AccessesOf, AreNoneWhereNoMemoryIsTouched) {
  EXPECT_THAT(Touched({0x89, 0xd8}), IsEmpty());                                      // mov %ebx, %eax
  EXPECT_THAT(Touched({0x8d, 0x43, 0x08}), IsEmpty());                                // lea 8(%rbx), %eax
  EXPECT_THAT(Touched({0x64, 0x8b, 0x04, 0x25, 0x28, 0x00, 0x00, 0x00}), IsEmpty());  // mov %fs:40, %eax
  EXPECT_THAT(Touched({0xff, 0xff}), IsEmpty());                                      // none
  EXPECT_THAT(Touched({}), IsEmpty());
}

TEST(AccessesOf, HaveNothingToDoWithRegisters) {
  EXPECT_THAT(Touched({0x53}), Not(Contains(0x20000)));  // push %rbx
}

TEST(AccessesOf, TellWhichCanBeDivided) {
  EXPECT_TRUE(IsDivisible({0x83, 0x00, 0x01}));         // addl $1, (%rax)
  EXPECT_TRUE(IsDivisible({0xff, 0x08}));               // decl (%rax)
  EXPECT_TRUE(IsDivisible({0x0f, 0xb1, 0x13}));         // cmpxchg %edx, (%rbx)
  EXPECT_FALSE(IsDivisible({0xf0, 0x83, 0x00, 0x01}));  // lock addl $1, (%rax)
  EXPECT_FALSE(IsDivisible({0x87, 0x13}));              // xchg %edx, (%rbx)
  EXPECT_FALSE(IsDivisible({0x8b, 0x03}));              // mov (%rbx), %eax
  EXPECT_FALSE(IsDivisible({0x89, 0x03}));              // mov %eax, (%rbx)
}

TEST(AccessesOf, TellHowLargeTheyAre) {
  EXPECT_EQ(Accesses({0x83, 0x00, 0x01}).at(0).size, 4U);        // addl
  EXPECT_EQ(Accesses({0x48, 0x83, 0x00, 0x01}).at(0).size, 8U);  // addq
  EXPECT_EQ(Accesses({0xfe, 0x00}).at(0).size, 1U);              // incb
}

}  // namespace
}  // namespace grader::observe
