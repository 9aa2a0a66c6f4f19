// The end of trees of processes that no pid namespace kills when it ends.
//
// Whoever calls is the nearest subreaper above all of them (AdoptOrphans()). So they are its descendants for ever, and
// when it has no child left, none of them is. All of it between fork and exec.
#pragma once

#include <sys/types.h>

#include <span>

namespace grader::os {

// Kills all processes of a user nobody else is, and never another one, with one system call, which no fork escapes
// (kill(2), pid -1). It is made by a child that has become that user and has no capability; its real user is
// `killer`, another that nobody is, so that none of those to be killed can stop it.
void KillUser(uid_t user, uid_t killer) noexcept;

// Kills the descendants of the caller but for the children `spared`, as far as a walk over them finds any.
void KillDescendants(std::span<const pid_t> spared) noexcept;

// A child of the caller besides the spared ones, dead or alive; 0 if there is none.
pid_t AnyChildBesides(std::span<const pid_t> spared) noexcept;

// Sleeps until that child has ended, and reaps it.
void AwaitChild(pid_t child) noexcept;

// Sleeps until a child ends, and reaps all that have. False if there is no child.
bool AwaitChildren() noexcept;

}  // namespace grader::os
