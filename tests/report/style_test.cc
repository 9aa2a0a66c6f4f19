#include "grader/report/style.h"

#include <gtest/gtest.h>
#include <pty.h>
#include <sys/ioctl.h>

#include <map>

#include "grader/os/fd.h"

namespace grader::report {
namespace {

Environment With(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
}

class Terminal {
 public:
  explicit Terminal(unsigned short columns) {
    winsize size{};
    size.ws_col = columns;
    int master = -1;
    int slave = -1;
    if (openpty(&master, &slave, nullptr, nullptr, &size) != 0) {
      throw std::runtime_error("openpty failed");
    }
    master_ = os::Fd(master);
    slave_ = os::Fd(slave);
  }
  int fd() const { return slave_.get(); }

 private:
  os::Fd master_;
  os::Fd slave_;
};

const std::map<std::string, std::string> kUsual = {{"TERM", "xterm-256color"}};

TEST(Style, IsPlainInAPipe) {
  const os::Pipe pipe = os::MakePipe();
  const Style style = StyleOf(pipe.write.get(), With(kUsual));
  EXPECT_EQ(style.colour, Colour::kNever);
  EXPECT_FALSE(style.live);
  EXPECT_EQ(style.width, 80);
}

TEST(Style, IsColouredAndLiveOnATerminalOfItsWidth) {
  const Terminal terminal(50);
  const Style style = StyleOf(terminal.fd(), With(kUsual));
  EXPECT_EQ(style.colour, Colour::kAlways);
  EXPECT_TRUE(style.live);
  EXPECT_EQ(style.width, 50);
}

TEST(Style, NoColorTurnsColourOffAndKeepsTheLiveLine) {
  const Terminal terminal(80);
  const Style style = StyleOf(terminal.fd(), With({{"TERM", "xterm"}, {"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}}));
  EXPECT_EQ(style.colour, Colour::kNever);
  EXPECT_TRUE(style.live);
  EXPECT_EQ(StyleOf(terminal.fd(), With({{"TERM", "xterm"}, {"NO_COLOR", ""}})).colour, Colour::kAlways);
}

TEST(Style, ADumbOrUnknownTerminalIsPlain) {
  const Terminal terminal(80);
  for (const Style& style : {StyleOf(terminal.fd(), With({{"TERM", "dumb"}})), StyleOf(terminal.fd(), With({}))}) {
    EXPECT_EQ(style.colour, Colour::kNever);
    EXPECT_FALSE(style.live);
  }
}

TEST(Style, ColourCanBeForcedIntoAPipeButNoLiveLine) {
  const os::Pipe pipe = os::MakePipe();
  const Style style = StyleOf(pipe.write.get(), With({{"CLICOLOR_FORCE", "1"}}));
  EXPECT_EQ(style.colour, Colour::kAlways);
  EXPECT_FALSE(style.live);
  EXPECT_EQ(StyleOf(pipe.write.get(), With({{"CLICOLOR_FORCE", "0"}})).colour, Colour::kNever);
}

TEST(Style, WidthStaysReadable) {
  const os::Pipe pipe = os::MakePipe();
  EXPECT_EQ(StyleOf(Terminal(300).fd(), With(kUsual)).width, 100);
  EXPECT_EQ(StyleOf(Terminal(5).fd(), With(kUsual)).width, 20);
  EXPECT_EQ(StyleOf(Terminal(0).fd(), With(kUsual)).width, 80);
  EXPECT_EQ(StyleOf(pipe.write.get(), With({{"COLUMNS", "44"}})).width, 44);
  EXPECT_EQ(StyleOf(pipe.write.get(), With({{"COLUMNS", "wide"}})).width, 80);
}

}  // namespace
}  // namespace grader::report
