// Prints the sum of two numbers, and puts it into the file `result`.
#include <stdio.h>

int main() {
  long first = 0;
  long second = 0;
  if (scanf("%ld %ld", &first, &second) != 2) return 2;
  printf("%ld\n", first + second);
  FILE* file = fopen("result", "w");
  fprintf(file, "%ld\n", first + second);
  fclose(file);
}
