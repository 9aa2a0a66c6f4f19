// reap orphan
#pragma once

#include <unistd.h>

#include <string>

#include "basics.h"
#include "family.h"
#include "gate.h"
#include "watched.h"

namespace lab {

inline int Orphan() {
  Gate parent_may_end;
  Gate adopted;
  Introduction introduction;
  Family family;
  const pid_t parent = StartChild([&] {
    StartChild([&] {
      parent_may_end.LetGo();
      adopted.LetGo();
      PrintLine("before " + std::to_string(getppid()));
      introduction.Send();
      adopted.Wait();
      PrintLine("after 1");  // who else
      return 0;
    });
    adopted.LetGo();
    parent_may_end.LetGo();
    parent_may_end.Wait();
    return 0;
  });
  family.Add(parent);
  const Watched child(introduction.Receive());  // it has printed its first line, and waits
  parent_may_end.Open();
  const int status = family.Wait(parent);
  adopted.Open();  // who was reaped is nobody's parent any more
  child.WaitForEnd();
  return status == 0 ? 0 : 1;
}

}  // namespace lab
