#pragma once

#include "grader/observe/task_tree.h"
#include "grader/observe/task_view.h"
#include "grader/observe/wait_graph.h"

namespace grader::observe {

// Whether somebody outside a sleeping run can make it run code by a signal: the check may still send one and the first
// process has a handler, or a descriptor is set to send SIGIO (fcntl(2), O_ASYNC).
Outside OutsideOf(const RunView& run, const TaskTree& tree);

}  // namespace grader::observe
