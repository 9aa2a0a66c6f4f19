#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace grader::clients {

// Bytes as a student can read and type them: printf(1)'s escapes for what is no plain text; shortened in the middle to
// about `most` bytes.
std::string Quoted(std::string_view bytes, std::size_t most = 60);

// What one client did and heard, in order. Bounded: of a long talk the beginning and the end are kept.
class Dialogue {
 public:
  enum class Voice { kSaid, kHeard, kNote };

  void Add(Voice voice, std::string_view text);

  // One line each: "said \"hello\\n\"", "heard \"OK\"", "closed the connection".
  std::vector<std::string> Lines() const;

 private:
  struct Event {
    Voice voice = Voice::kNote;
    std::string head;  // the first bytes
    std::string tail;  // the last, of more
    std::uint64_t size = 0;
  };
  static std::string Tell(const Event& event);

  std::vector<Event> first_;
  std::deque<Event> last_;
  std::uint64_t left_out_ = 0;
};

}  // namespace grader::clients
