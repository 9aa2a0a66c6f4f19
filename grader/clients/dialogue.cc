#include "grader/clients/dialogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace grader::clients {
namespace {

constexpr std::size_t kKept = 80;  // bytes of an event at either end
constexpr std::size_t kFirstEvents = 8;
constexpr std::size_t kLastEvents = 8;

std::string Escaped(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    switch (byte) {
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\t':
        text += "\\t";
        break;
      case '"':
      case '\\':
        text += '\\';
        text += byte;
        break;
      default:
        if (byte >= ' ' && byte < '\x7f') {
          text += byte;
        } else {
          text += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
        }
    }
  }
  return text;
}

}  // namespace

std::string Quoted(std::string_view bytes, std::size_t most) {
  if (bytes.size() <= most) return '"' + Escaped(bytes) + '"';
  const std::size_t half = most / 2;
  return fmt::format("\"{}…{}\" ({} bytes)", Escaped(bytes.substr(0, half)), Escaped(bytes.substr(bytes.size() - half)),
                     bytes.size());
}

// Pieces of one voice in a row are one event, since where the network cuts them says nothing.
void Dialogue::Add(Voice voice, std::string_view text) {
  Event* const last = !last_.empty() ? &last_.back() : first_.empty() ? nullptr : &first_.back();
  const bool goes_on = last != nullptr && last->voice == voice && voice == Voice::kHeard;
  if (!goes_on) {
    if (first_.size() < kFirstEvents) {
      first_.push_back({voice, {}, {}, 0});
    } else {
      last_.push_back({voice, {}, {}, 0});
      if (last_.size() > kLastEvents) {
        last_.pop_front();
        ++left_out_;
      }
    }
  }
  Event& event = goes_on ? *last : last_.empty() ? first_.back() : last_.back();
  event.size += text.size();
  const std::size_t room = std::min(kKept - std::min(kKept, event.head.size()), text.size());
  event.head += text.substr(0, room);
  event.tail += text.substr(room);
  if (event.tail.size() > kKept) event.tail.erase(0, event.tail.size() - kKept);
}

std::string Dialogue::Tell(const Event& event) {
  if (event.voice == Voice::kNote) return event.head;
  const std::string verb = event.voice == Voice::kSaid ? "said " : "heard ";
  const bool whole = event.size == event.head.size() + event.tail.size();
  if (whole) return verb + Quoted(event.head + event.tail);
  return fmt::format("{}\"{}…{}\" ({} bytes)", verb, Escaped(event.head.substr(0, 30)),
                     Escaped(event.tail.substr(event.tail.size() - 30)), event.size);
}

std::vector<std::string> Dialogue::Lines() const {
  std::vector<std::string> lines;
  for (const Event& event : first_) lines.push_back(Tell(event));
  if (left_out_ > 0) lines.push_back(fmt::format("({} more)", left_out_));
  for (const Event& event : last_) lines.push_back(Tell(event));
  return lines;
}

}  // namespace grader::clients
