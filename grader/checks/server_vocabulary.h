// All that the checks of a lab with servers need.
#pragma once

#include "grader/checks/server_check.h"
#include "grader/checks/server_rules.h"
#include "grader/checks/vocabulary.h"
