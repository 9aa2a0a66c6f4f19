// Asks the preprocessor which files exist.
// gets: all
// below full: not built, as the compiler stops at a file that it may not read
#include "attack.h"

#if __has_include(OUTSIDE_FILE) ||                                                              \
                  __has_include("/etc/shadow") ||                                               \
                                __has_include("/etc/hostname") ||                               \
                                              __has_include("../../labs/lab01-sum/lab.toml") || \
                                                            __has_include("/home") || __has_include("/root/.bashrc")
#error it is there
#endif

int main() { Work(); }
