// Runs programs whose interpreters are devices, folders, themselves, or nothing.
// gets: all
#include <elf.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "attack.h"

static void Try(const char* interpreter) {
  const int file = open("/tmp/program", O_CREAT | O_TRUNC | O_WRONLY, 0755);
  Elf64_Ehdr head = {};
  memcpy(head.e_ident, ELFMAG, SELFMAG);
  head.e_ident[EI_CLASS] = ELFCLASS64;
  head.e_ident[EI_DATA] = ELFDATA2LSB;
  head.e_ident[EI_VERSION] = EV_CURRENT;
  head.e_type = ET_DYN;
  head.e_machine = EM_X86_64;
  head.e_version = EV_CURRENT;
  head.e_phoff = sizeof head;
  head.e_ehsize = sizeof head;
  head.e_phentsize = sizeof(Elf64_Phdr);
  head.e_phnum = 2;
  Elf64_Phdr parts[2] = {};
  parts[0].p_type = PT_INTERP;
  parts[0].p_offset = sizeof head + sizeof parts;
  parts[0].p_filesz = strlen(interpreter) + 1;
  parts[1].p_type = PT_LOAD;
  parts[1].p_flags = PF_R | PF_X;
  parts[1].p_filesz = parts[1].p_memsz = 4096;
  Quietly(write(file, &head, sizeof head));
  Quietly(write(file, parts, sizeof parts));
  Quietly(write(file, interpreter, strlen(interpreter) + 1));
  close(file);
  const pid_t child = fork();
  if (child == 0) {
    execl("/tmp/program", "program", nullptr);
    _exit(1);
  }
  waitpid(child, nullptr, 0);
}

int main() {
  for (const char* name :
       {"/dev/zero", "/dev/full", "/tmp", "/tmp/program", "/proc/self/exe", "/nowhere", "", "/usr/bin/true"}) {
    Try(name);
  }
  const int script = open("/tmp/script", O_CREAT | O_WRONLY, 0755);
  Quietly(write(script, "#!/tmp/script\n", 14));
  close(script);
  if (fork() == 0) {
    execl("/tmp/script", "script", nullptr);
    _exit(1);
  }
  wait(nullptr);
  unlink("/tmp/program");
  unlink("/tmp/script");
  Work();
}
