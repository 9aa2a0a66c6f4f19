// Who is there, and who hears what.
#pragma once

#include <algorithm>
#include <list>
#include <string>

#include "member.h"

namespace lab {

class Room {
 public:
  std::list<Member>& members() { return members_; }

  void Enter(Fd socket) { members_.emplace_back(std::move(socket)); }

  // What a member sent: its name first, then messages.
  void Hear(Member& from, const std::string& line) {
    if (!from.name.empty()) {
      Tell(from.name + ": " + line, &from);
    } else if (const char* reason = Objection(line)) {
      from.Say(std::string("ERR ") + reason);
    } else {
      from.Say("OK");
      from.name = line;
      Tell("* " + line + " joined", &from);
    }
  }

  // A line to all who have a name, but not to `except`.
  void Tell(const std::string& line, const Member* except = nullptr) {
    for (Member& member : members_) {
      if (&member != except && !member.name.empty()) member.Say(line);
    }
  }

  // Lets go of all who are lost. The others hear of it; if that is too much for one of them, it is lost as well.
  void LetGo() {
    const auto is_lost = [](const Member& member) { return member.IsLost(); };
    for (auto lost = std::ranges::find_if(members_, is_lost); lost != members_.end();
         lost = std::ranges::find_if(members_, is_lost)) {
      const std::string name = lost->name;
      members_.erase(lost);
      if (!name.empty()) Tell("* " + name + " left");
    }
  }

 private:
  static constexpr std::size_t kLongestName = 32;  // bytes

  const char* Objection(const std::string& name) const {
    if (name.empty()) return "the name is empty";
    if (name.size() > kLongestName) return "the name is too long";
    const bool taken = std::ranges::any_of(members_, [&](const Member& member) { return member.name == name; });
    return taken ? "the name is taken" : nullptr;
  }

  std::list<Member> members_;
};

}  // namespace lab
