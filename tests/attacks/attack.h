// What the attacks on lab 1 share. Who gets through says so, and ends with a status that no check accepts.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <initializer_list>

#include "canary.h"  // made for each suite: what there is outside

[[noreturn]] inline void Breach(const char* what) {
  fprintf(stderr, "BREACH: %s\n", what);
  _exit(66);
}

// What must have failed.
inline void Refused(long result, const char* what) {
  if (result >= 0) Breach(what);
}

// For what may fail.
inline void Quietly(long) {}

inline long sum;

inline void PrintSum() {
  long first = 0;
  long second = 0;
  if (scanf("%ld %ld", &first, &second) != 2) _exit(2);
  sum = first + second;
  printf("%ld\n", sum);
  fflush(stdout);
}

inline void WriteResult() {
  FILE* file = fopen("result", "w");
  if (file == nullptr) _exit(3);
  fprintf(file, "%ld\n", sum);
  fclose(file);
}

// What the lab asks for.
inline void Work() {
  PrintSum();
  WriteResult();
}
