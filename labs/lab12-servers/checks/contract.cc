// What all three have in common.
#include "servers.h"

namespace grader::checks::lab12 {
namespace {

OK_SERVER_CHECKS(IterativeServer, Iterative)
OK_SERVER_CHECKS_AT_ONCE(ForkServer, Fork, 100)
OK_SERVER_CHECKS_AT_ONCE(ThreadServer, Thread, 100)

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab12
