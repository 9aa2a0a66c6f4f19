#include "grader/checks/race_detector.h"

#include <optional>
#include <string>
#include <variant>

#include "grader/checks/race_reports.h"
#include "tests/build/builder_fixture.h"

namespace grader::checks {
namespace {

constexpr const char* kIncludes = R"(
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <thread>
int shared;
)";

// Two ends of one TCP connection.
constexpr const char* kConnection = R"(
struct Connection {
  int ends[2];
  Connection() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, (sockaddr*)&address, size) != 0 || listen(listener, 1) != 0) _exit(3);
    getsockname(listener, (sockaddr*)&address, &size);
    ends[0] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(ends[0], (sockaddr*)&address, size) != 0) _exit(3);
    ends[1] = accept(listener, nullptr, nullptr);
  }
};
)";

class RaceDetectorTest : public build::testing::BuilderTest {
 protected:
  // How many races it tells of in the program; nothing if it does not work on this machine.
  std::optional<std::size_t> Races(const std::string& main) {
    Write("reap.cpp", std::string(kIncludes) + kConnection + main);
    target_.accept_python = false;
    target_ = WithRaceDetector(target_, cache_.path());
    const auto built = Build();
    EXPECT_EQ(built.status, build::BuildStatus::kBuilt) << built.summary << built.messages;
    observe::RunRequest request;
    request.command.argv = built.program.argv;
    request.files = built.program.files;
    request.level = observe::TraceLevel::kNone;
    request.limits.memory.count *= 4;
    PrepareForRaceDetector(request.command, Fences::kNone);
    const auto run = observe::Observe(*spawner_, std::move(request));
    const std::string words = run.err.text();
    if (RaceDetectorFailed(words)) return std::nullopt;
    EXPECT_TRUE(std::holds_alternative<observe::Exited>(run.outcome)) << observe::Describe(run.outcome) << words;
    return ReadRaceReports(words).size();
  }
};

TEST_F(RaceDetectorTest, FindsWhatNothingOrders) {
  const auto races = Races(R"(
int main() {
  std::thread other([] { ++shared; });
  ++shared;
  other.join();
})");
  if (!races) GTEST_SKIP() << "ThreadSanitizer does not work here";
  EXPECT_EQ(races, 1u);
}

TEST_F(RaceDetectorTest, KnowsWhoIsWokenThroughAConnectionOfTheProgramWithItself) {
  const auto races = Races(R"(
int main() {
  Connection connection;
  std::thread other([&] {
    char byte;
    if (recv(connection.ends[1], &byte, 1, 0) != 1) _exit(4);
    ++shared;
    send(connection.ends[1], "x", 1, 0);
  });
  ++shared;
  send(connection.ends[0], "x", 1, 0);
  char byte;
  if (recv(connection.ends[0], &byte, 1, 0) != 1) _exit(4);
  ++shared;
  other.join();
})");
  if (!races) GTEST_SKIP() << "ThreadSanitizer does not work here";
  EXPECT_EQ(races, 0u);
}

TEST_F(RaceDetectorTest, KnowsWhomASetOfEpollTellsOfADescriptor) {
  const auto races = Races(R"(
int main() {
  const int set = epoll_create1(0);
  int ends[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  send(ends[0], "x", 1, 0);
  epoll_event event{EPOLLONESHOT, {}};
  epoll_ctl(set, EPOLL_CTL_ADD, ends[1], &event);
  std::thread other([set] {
    epoll_event told;
    if (epoll_wait(set, &told, 1, -1) == 1) ++shared;
  });
  ++shared;
  event.events = EPOLLIN | EPOLLONESHOT;
  epoll_ctl(set, EPOLL_CTL_MOD, ends[1], &event);
  other.join();
})");
  if (!races) GTEST_SKIP() << "ThreadSanitizer does not work here";
  EXPECT_EQ(races, 0u);
}

}  // namespace
}  // namespace grader::checks
