// Prints what breaks reports and terminals.
// gets: none
#include "attack.h"

int main() {
  puts("]]>&<a>\x1b[2J\x1b]0;title\x07\x1b[8m\xff\xfe\xc0\x80\xed\xa0\x80\x7f\x01\x02\b\b\b");
  fwrite("a\0b\0", 1, 4, stdout);
  puts("\n::error file=a::b\n##[error]c\n\r\u202e\u2028\u0085\uffff");
  fputs("\x1b]52;c;cm0gLXJm\x07 ]]> \x00", stderr);
}
