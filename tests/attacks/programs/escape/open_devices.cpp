// Opens the machine's devices.
// gets: all
#include "attack.h"

int main() {
  for (const char* device :
       {"/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/mem", "/dev/kmsg", "/dev/kvm", "/dev/fuse", "/dev/loop-control",
        "/dev/net/tun", "/dev/ptmx", "/dev/console", "/dev/tty0", "/dev/uinput", "/dev/vsock"}) {
    Refused(open(device, O_RDONLY), device);
  }
  Work();
}
