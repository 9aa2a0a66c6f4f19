// A little program per behaviour, chosen by name on the command line.
#pragma once

#include <cstdio>
#include <cstring>

struct Scenario {
  const char* name;
  int (*run)();
};

// The exit status of the scenario of that name; 99 if there is none.
template <int kCount>
int RunScenario(const Scenario (&scenarios)[kCount], int argc, char** argv) {
  for (const Scenario& scenario : scenarios) {
    if (argc > 1 && std::strcmp(argv[1], scenario.name) == 0) return scenario.run();
  }
  return 99;
}
