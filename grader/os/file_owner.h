#pragma once

#include <sys/types.h>

namespace grader::os {

// While it lives, the calling thread makes and opens files as this user and group (setfsuid(2)): on a file system that
// was mounted in a user namespace nobody else can make any, not even root. Where the caller is that user, or may not
// become it, nothing changes. Not movable, and to be destroyed by the same thread.
class ActingAsFileOwner {
 public:
  ActingAsFileOwner(uid_t user, gid_t group);
  ActingAsFileOwner(const ActingAsFileOwner&) = delete;
  ActingAsFileOwner& operator=(const ActingAsFileOwner&) = delete;
  ~ActingAsFileOwner();

 private:
  int dumpable_ = 0;
  int death_signal_ = 0;
  uid_t user_;
  gid_t group_;
};

}  // namespace grader::os
