// Closes its end of the input unread.
// gets: all
#include "attack.h"

int main() {
  long first = 0, second = 0;
  Quietly(scanf("%ld %ld", &first, &second));
  close(STDIN_FILENO);
  Quietly(open("/dev/zero", O_RDONLY));
  printf("%ld\n", first + second);
  FILE* file = fopen("result", "w");
  fprintf(file, "%ld\n", first + second);
  fclose(file);
}
