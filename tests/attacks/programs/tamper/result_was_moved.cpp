// Leaves a file as its result whose folder was moved away.
// gets: Sum.PrintsTheSum
#include <sys/stat.h>

#include "attack.h"

int main() {
  PrintSum();
  Quietly(mkdir("inner", 0700));
  Quietly(chdir("inner"));
  WriteResult();
  Quietly(rename("/work/inner", "/work/moved"));
}
