// Reads the memory of process 1.
// gets: all
#include <sys/uio.h>

#include "attack.h"

int main() {
  char byte = 0;
  iovec here{&byte, 1};
  iovec there{reinterpret_cast<void*>(0x400000), 1};
  Refused(process_vm_readv(1, &here, 1, &there, 1, 0), "process_vm_readv");
  Refused(process_vm_writev(1, &here, 1, &there, 1, 0), "process_vm_writev");
  for (const char* file : {"/proc/1/mem", "/proc/1/maps", "/proc/1/environ", "/proc/1/auxv", "/proc/1/syscall"}) {
    const int fd = open(file, O_RDONLY);
    if (fd >= 0 && read(fd, &byte, 1) > 0) Breach(file);
  }
  Work();
}
