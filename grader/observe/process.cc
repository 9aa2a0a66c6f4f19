#include "grader/observe/process.h"

namespace grader::observe {

bool WaitedFor(const ProcessRecord& process) { return process.reaped_by == ReapedBy::kParent; }

bool LeftBehind(const ProcessRecord& process) { return process.left_as_zombie || process.orphaned; }

}  // namespace grader::observe
