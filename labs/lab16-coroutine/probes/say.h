// What the driver tells: whole lines. It decides nothing.
#pragma once

#include <cstdio>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace driver {

using Words = std::vector<std::string>;

inline void Say(const std::string& line) { std::puts(line.c_str()); }

// What an action ends with: what it returns, or the name of what it throws.
template <class Action>
std::string Ending(Action action) {
  try {
    return action();
  } catch (const std::invalid_argument&) {
    return "invalid_argument";
  } catch (const std::logic_error&) {
    return "logic_error";
  } catch (const std::bad_alloc&) {
    return "bad_alloc";
  } catch (const std::exception& error) {
    return std::string("exception ") + error.what();
  } catch (...) {
    return "something that is no std::exception";
  }
}

// Says so when it is destroyed.
class Local {
 public:
  explicit Local(std::string name) : name_(std::move(name)) {}
  ~Local() { Say(name_ + " is destroyed"); }
  Local(const Local&) = delete;
  Local& operator=(const Local&) = delete;

 private:
  std::string name_;
};

}  // namespace driver
