// Prints whole reports of several formats.
// gets: none
#include "attack.h"

int main() {
  puts("<?xml version=\"1.0\"?><testsuites><testsuite name=\"x\" tests=\"3\" failures=\"0\"/></testsuites>");
  puts(
      "{\"score\": 100.0, \"tests\": []}\nGrade :=>> 100\n::set-output name=score::100\n##vso[task.complete "
      "result=Succeeded;]");
}
