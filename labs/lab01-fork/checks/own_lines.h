// Who printed what.
#pragma once

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab01 {

// Of a scheduled run, whose steps are known: each process has written something. A child whose line its parent prints
// for it has not done what it tells of.
RunMatcher HasTwoThatPrint();

}  // namespace grader::checks::lab01
