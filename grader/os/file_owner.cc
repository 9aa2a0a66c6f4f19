#include "grader/os/file_owner.h"

#include <sys/fsuid.h>
#include <sys/prctl.h>

namespace grader::os {

// A change of the file system's user clears both of them (prctl(2), PR_SET_DUMPABLE and PR_SET_PDEATHSIG). Changing the
// group first, and back last: only the privileged user may.
ActingAsFileOwner::ActingAsFileOwner(uid_t user, gid_t group) : dumpable_(::prctl(PR_GET_DUMPABLE)) {
  ::prctl(PR_GET_PDEATHSIG, &death_signal_);
  group_ = static_cast<gid_t>(::setfsgid(group));
  user_ = static_cast<uid_t>(::setfsuid(user));
}

ActingAsFileOwner::~ActingAsFileOwner() {
  ::setfsuid(user_);
  ::setfsgid(group_);
  ::prctl(PR_SET_DUMPABLE, dumpable_);
  ::prctl(PR_SET_PDEATHSIG, death_signal_);
}

}  // namespace grader::os
