// Makes getpid of the 32-bit interface, whose numbers a filter for 64 bits would misread.
#include <cstdio>

int main() {
  long result = 20;
  asm volatile("int $0x80" : "+a"(result) : : "memory");
  std::printf("answered %ld\n", result);
}
