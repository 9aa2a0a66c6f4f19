// A scene's arguments, one after the other, and what the driver tells: lines of a key and values. It decides nothing.
#pragma once

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace driver {

class Words {
 public:
  explicit Words(std::vector<std::string> words) : words_(std::move(words)) {}
  bool More() const { return next_ < words_.size(); }
  std::string Text() { return words_.at(next_++); }
  std::int64_t Number() { return std::stoll(Text()); }
  int Int() { return static_cast<int>(Number()); }
  std::size_t Account() { return std::stoull(Text()); }

 private:
  std::vector<std::string> words_;
  std::size_t next_ = 0;
};

// One call for a line: threads tell, too.
inline void TellLine(const std::string& line) { std::puts(line.c_str()); }
inline void Tell(const std::string& key, const std::string& value) { TellLine(key + " " + value); }
inline void Tell(const std::string& key, std::int64_t value) { Tell(key, std::to_string(value)); }

// What a journal throws.
struct Refusal {
  int reason = 0;
};

// What an action ends with: what it returns, or the name of what it throws.
template <class Action>
std::string Ending(Action action) {
  try {
    return action();
  } catch (const std::out_of_range&) {
    return "out_of_range";
  } catch (const std::invalid_argument&) {
    return "invalid_argument";
  } catch (const Refusal& refusal) {
    return "Refusal " + std::to_string(refusal.reason);
  } catch (const std::exception&) {
    return "another exception";
  } catch (...) {
    return "something that is no std::exception";
  }
}

}  // namespace driver
