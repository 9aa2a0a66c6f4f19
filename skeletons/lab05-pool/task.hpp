// task.hpp, lab5: a function call as bytes. Given; nothing here is yours to write or to change.
//
// A task is the address of a function and copies of its arguments. Workers are forked and never call exec, so the
// address means the same in each of them.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace pool {

// What can cross to another process as bytes: text, and values without pointers.
template <class T>
concept Sendable = (std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>) || std::same_as<T, std::string>;

template <class R>
concept Result = std::is_void_v<R> || Sendable<R>;

struct Task {
  // For the worker: call(arguments) does the task and returns its result as bytes; it throws what the function throws.
  std::string (*call)(std::string_view arguments);
  std::string arguments;
};

template <class T>
void Append(std::string& bytes, const T& value) {
  if constexpr (std::same_as<T, std::string>) {
    Append(bytes, value.size());
    bytes += value;
  } else {
    bytes.append(reinterpret_cast<const char*>(std::addressof(value)), sizeof value);
  }
}

template <class T>
T Take(std::string_view& bytes) {
  if constexpr (std::same_as<T, std::string>) {
    const auto size = Take<std::size_t>(bytes);
    std::string value(bytes.substr(0, size));
    bytes.remove_prefix(value.size());
    return value;
  } else {
    std::array<std::byte, sizeof(T)> raw{};
    std::memcpy(raw.data(), bytes.substr(0, sizeof(T)).data(), sizeof(T));
    bytes.remove_prefix(sizeof(T));
    return std::bit_cast<T>(raw);
  }
}

// The bytes that Task::call returned, as the value they stand for.
template <Result R>
R Decode(std::string_view bytes) {
  if constexpr (!std::is_void_v<R>) return Take<R>(bytes);
}

template <class R, class... P>
Task MakeTask(R (*function)(P...), const std::remove_cvref_t<P>&... arguments) {
  Task task;
  Append(task.arguments, function);
  (Append(task.arguments, arguments), ...);
  task.call = [](std::string_view bytes) {
    const auto call = Take<R (*)(P...)>(bytes);
    std::tuple<std::remove_cvref_t<P>...> values{Take<std::remove_cvref_t<P>>(bytes)...};
    std::string result;
    if constexpr (std::is_void_v<R>) {
      std::apply(call, std::move(values));
    } else {
      Append(result, std::apply(call, std::move(values)));
    }
    return result;
  };
  return task;
}

}  // namespace pool
