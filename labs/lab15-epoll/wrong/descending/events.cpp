// The events of poll(2), from bits to names and back.
#include <poll.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace {

struct Event {
  unsigned bit;
  std::string_view name;
};

// Ascending. The kernel gives all architectures of ours these numbers.
constexpr Event kEvents[] = {
    {POLLIN, "POLLIN"},         {POLLPRI, "POLLPRI"},       {POLLOUT, "POLLOUT"},       {POLLERR, "POLLERR"},
    {POLLHUP, "POLLHUP"},       {POLLNVAL, "POLLNVAL"},     {POLLRDNORM, "POLLRDNORM"}, {POLLRDBAND, "POLLRDBAND"},
    {POLLWRNORM, "POLLWRNORM"}, {POLLWRBAND, "POLLWRBAND"}, {0x400, "POLLMSG"},         {0x2000, "POLLRDHUP"},
};

std::optional<std::uint64_t> ParseMask(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  std::uint64_t mask = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mask, hex ? 16 : 10);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return mask;
}

std::string NamesOf(std::uint64_t mask) {
  std::string names;
  for (const Event& event : kEvents) {
    if ((mask & event.bit) == 0) continue;
    names = std::string(event.name) + (names.empty() ? "" : "|" + names);
  }
  return names;
}

std::optional<unsigned> BitOf(std::string_view name) {
  for (const Event& event : kEvents) {
    if (event.name == name) return event.bit;
  }
  return std::nullopt;
}

std::optional<unsigned> ParseNames(std::string_view text) {
  unsigned mask = 0;
  for (;;) {
    const std::size_t bar = text.find('|');
    const auto bit = BitOf(text.substr(0, bar));
    if (!bit) return std::nullopt;
    mask |= *bit;
    if (bar == text.npos) return mask;
    text.remove_prefix(bar + 1);
  }
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc == 2) {
    if (const auto mask = ParseMask(argv[1])) {
      std::puts(NamesOf(*mask).c_str());
      return 0;
    }
    if (const auto mask = ParseNames(argv[1])) {
      std::printf("%u\n", *mask);
      return 0;
    }
  }
  std::fputs("usage: events MASK | NAME|NAME...\n", stderr);
  return 2;
}
