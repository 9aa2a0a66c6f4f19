// Writes reports where the grader puts its own.
// gets: none
#include <sys/stat.h>

#include "attack.h"

int main() {
  Refused(open(OUTSIDE_REPORT, O_CREAT | O_WRONLY, 0644), "the report");
  Refused(mkdir("/.grade", 0755), "/.grade");
  mkdir(".grade", 0755);
  FILE* forged = fopen(".grade/lab01-sum.junit.xml", "w");
  fputs("<testsuite tests=\"1\" failures=\"0\"/>", forged);
  fclose(forged);
  puts("0");
}
