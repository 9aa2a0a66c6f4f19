// What the driver tells, line by line: a key and a value. It decides nothing.
#pragma once

#include <unistd.h>

#include <stdexcept>
#include <string>
#include <system_error>

#include "pool.hpp"

namespace driver {

// With one write(2), past all buffers.
inline void TellLine(const std::string& line) {
  const std::string whole = line + "\n";
  if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) ::_exit(99);
}

inline void Tell(const std::string& key, const std::string& value) { TellLine(key + " " + value); }
inline void Tell(const std::string& key, long value) { Tell(key, std::to_string(value)); }

// What an action ends with: what it returns, or the name of what it throws.
template <class Action>
std::string Ending(Action action) {
  try {
    return action();
  } catch (const pool::Closed&) {
    return "Closed";
  } catch (const pool::TaskFailed&) {
    return "TaskFailed";
  } catch (const pool::WorkerLost&) {
    return "WorkerLost";
  } catch (const pool::Timeout&) {
    return "Timeout";
  } catch (const std::invalid_argument&) {
    return "invalid_argument";
  } catch (const std::logic_error&) {
    return "logic_error";
  } catch (const std::system_error&) {
    return "system_error";
  } catch (const std::exception&) {
    return "another exception";
  } catch (...) {
    return "no std::exception";
  }
}

template <class R>
std::string EndingOf(const pool::AsyncResult<R>& result) {
  return Ending([&] {
    if constexpr (std::is_void_v<R>) {
      result.get();
      return std::string("void");
    } else {
      return std::to_string(result.get());
    }
  });
}

// A short stand-in for a long text (FNV-1a).
inline std::string Digest(const std::string& text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
  return std::to_string(text.size()) + ":" + std::to_string(hash);
}

}  // namespace driver
