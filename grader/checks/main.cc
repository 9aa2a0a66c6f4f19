#include "grader/checks/check_main.h"

int main(int argc, char** argv) { return grader::checks::CheckMain(argc, argv); }
