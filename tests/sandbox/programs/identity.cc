// Prints what a program in a sandbox can see of itself, one "key=value" a line.
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>

extern char** environ;

namespace {

// The entries of a folder that are numbers, blank-separated, in order.
std::string Numbers(const char* path) {
  std::string list;
  for (int number = 0; number < 4096; ++number) {
    struct stat status {};
    if (lstat((std::string(path) + "/" + std::to_string(number)).c_str(), &status) == 0) {
      list += (list.empty() ? "" : " ") + std::to_string(number);
    }
  }
  return list;
}

}  // namespace

int main() {
  std::cout << "uid=" << getuid() << " " << geteuid() << "\ngid=" << getgid() << " " << getegid()
            << "\npid=" << getpid() << "\nppid=" << getppid() << "\nprocesses=" << Numbers("/proc")
            << "\ndescriptors=" << Numbers("/proc/self/fd") << "\nnext_descriptor=" << dup(0)
            << "\nsession=" << (getsid(0) == getpid()) << "\n";
  char host[64] = {};
  gethostname(host, sizeof host - 1);
  char folder[256] = {};
  std::cout << "host=" << host << "\nfolder=" << (getcwd(folder, sizeof folder) != nullptr ? folder : "?") << "\n";
  for (char** entry = environ; *entry != nullptr; ++entry) std::cout << "environment=" << *entry << "\n";
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    for (const char* key :
         {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "SigBlk", "SigIgn"}) {
      if (line.starts_with(std::string(key) + ":\t"))
        std::cout << key << "=" << line.substr(std::strlen(key) + 2) << "\n";
    }
  }
}
