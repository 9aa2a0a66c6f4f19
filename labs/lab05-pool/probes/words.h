// A scenario's arguments, one after the other.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace driver {

class Words {
 public:
  explicit Words(std::vector<std::string> words) : words_(std::move(words)) {}
  bool More() const { return next_ < words_.size(); }
  std::string Text() { return words_.at(next_++); }
  int Int() { return std::stoi(Text()); }

 private:
  std::vector<std::string> words_;
  std::size_t next_ = 0;
};

}  // namespace driver
