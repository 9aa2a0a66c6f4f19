// What a running sandbox has to itself on the machine: a user id.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace grader::sandbox {

class Slots {
 public:
  // Ids of the user and group the sandbox in a slot runs as, seen from outside.
  struct Ids {
    uid_t user;
    gid_t group;
  };

  Slots();

  std::uint64_t Take();
  void Return(std::uint64_t slot);
  Ids IdsOf(std::uint64_t slot) const;

  // A user that nobody is.
  uid_t spare_user() const;

  // Whether each slot has another user, not the one the grader runs as.
  bool own_users() const { return own_users_; }

 private:
  std::vector<std::uint64_t> free_;
  std::uint64_t made_ = 0;
  std::uint64_t first_user_;
  bool own_users_;
};

}  // namespace grader::sandbox
