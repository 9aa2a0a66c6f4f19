// Data races of servers that serve in threads, by happens-before: see race_detector.h.
#include <fmt/format.h>

#include <algorithm>

#include "grader/checks/errors.h"
#include "grader/checks/race_reports.h"
#include "grader/checks/server_rules.h"

namespace grader::checks {
namespace {

using namespace std::chrono_literals;

// It slows a program down, tenfold at times, and takes several times its memory.
constexpr std::uint64_t kMemoryFactor = 4;
constexpr int kTimeFactor = 3;

std::string Tell(const RacingAccess& access) {
  std::string text = access.what + " by " + access.thread;
  if (!access.place.empty()) text += " at " + access.place;
  if (!access.caller.empty() && access.caller != access.place) text += ", called at " + access.caller;
  return text + (access.holds_mutex ? ", while it holds a mutex" : ", without any mutex");
}

Problem ProblemOf(const std::vector<RaceReport>& races) {
  const auto& race = races.front();
  Problem problem;
  problem.location = race.now.place;
  problem.happened = fmt::format("{} and {} have no order between them", Tell(race.before), Tell(race.now));
  if (!race.variable.empty()) problem.facts.push_back("both touch " + race.variable);
  if (races.size() > 1) problem.facts.push_back(fmt::format("{} such pairs of accesses were found", races.size()));
  if (race.now.holds_mutex && race.before.holds_mutex) {
    problem.facts.emplace_back("two mutexes do not exclude each other: it has to be the same one");
  }
  return problem;
}

// Three clients, so that threads of the same kind are alive together.
void TalkByDefault(Server& server, const Protocol& protocol) {
  auto& clients = server.clients();
  const auto answered = [&](const std::vector<Client*>& guests) {
    clients.WaitUntil([&] {
      return std::ranges::all_of(guests, [&](Client* guest) { return guest->ended() || protocol.answered(*guest); });
    });
    for (Client* guest : guests) guest->TakeAll();
  };
  std::vector<Client*> guests;
  for (int i = 0; i < 3; ++i) {
    guests.push_back(&server.Connect());
    guests.back()->Say(protocol.greeting(guests.back()->number()));
    answered({guests.back()});
  }
  for (int round = 0; round < 3; ++round) {
    for (Client* guest : guests) guest->Say(protocol.more);
    clients.Settle();
    for (Client* guest : guests) guest->TakeAll();
  }
  guests.front()->Close();
  clients.Settle();
  guests.front() = &server.Connect();
  guests.front()->Say(protocol.greeting(guests.front()->number()));
  answered({guests.front()});
  for (Client* guest : guests) guest->Close();
  clients.Settle();
}

}  // namespace

// Judged by a plain run: a program that makes no second thread needs no slow build.
bool ServerRules::ServesInThreads(const Protocol& protocol) {
  if (Program(protocol.options.program).python) return false;
  auto server = Serve(protocol.options);
  if (!server) return false;
  bool threads = false;
  std::vector<Client*> guests;
  for (int i = 0; i < 2 && !threads; ++i) {
    guests.push_back(&server.Connect());
    guests.back()->Say(protocol.greeting(guests.back()->number()));
    server.clients().Settle();
    const auto glimpse = server.run().TakeGlimpse();
    threads = glimpse.threads() > glimpse.living();
  }
  return threads;
}

void ServerRules::HasNoDataRaces(const Protocol& protocol, const std::function<void(Server&)>& talk) {
  if (!ServesInThreads(protocol)) return;
  auto options = protocol.options;
  options.run.flavour = Flavour::kRaceDetector;
  options.run.level = observe::TraceLevel::kNone;
  options.run.limits = options.run.limits.value_or(limits());
  options.run.limits->memory.count *= kMemoryFactor;
  options.run.limits->cpu_time *= kTimeFactor;
  bool listened = false;
  std::optional<observe::Observation> run;
  try {
    run = WatchForRaces(options, [&](Server& server) {
      listened = true;
      talk ? talk(server) : TalkByDefault(server, protocol);
    });
  } catch (const BuildFailedError& error) {
    return Fail("the server can also be built with -fsanitize=thread, the compiler's race detector, as it can without",
                {.happened = error.what()});
  }
  const std::string words = run->err.text();
  if (RaceDetectorFailed(words)) {
    return Skip(
        "ThreadSanitizer, the compiler's race detector, cannot place its memory on this machine, or within its limits");
  }
  const auto races = ReadRaceReports(words);
  if (!races.empty()) {
    return Fail(
        *run, "two threads that touch the same memory, one of them writing, are kept in order by a mutex or by atomics",
        ProblemOf(races));
  }
  if (!listened) FailAsDeaf(*run);
}

void ServerRules::FailAsDeaf(const observe::Observation& run) {
  Problem problem{.happened = "it does not listen"};
  if (!std::holds_alternative<observe::Stopped>(run.outcome)) {
    problem.happened = "before it listened, it " + observe::Describe(run.outcome);
  }
  problem.facts = {"without -fsanitize=thread it does"};
  Fail(run, "the server works as well when it is built with -fsanitize=thread, the compiler's race detector",
       std::move(problem));
}

// A start takes long there: deaf is who has ended, is asleep for good, or does not listen in that much fair time.
observe::Observation ServerRules::WatchForRaces(const ServerOptions& options,
                                                const std::function<void(Server&)>& talk) {
  constexpr auto kPatience = 60s;
  const int port = static_cast<int>(random().Integer(10'000, 30'000));
  std::vector<std::string> args = options.flags;
  args.insert(args.end(), {options.host, std::to_string(port)});
  std::ranges::copy(options.more, std::back_inserter(args));
  auto server = Launch(options, std::move(args), {"127.0.0.1", static_cast<std::uint16_t>(port)});
  const auto listens = [&] { return !server.clients().ListeningPorts().empty(); };
  if (server.clients().WaitUntil(listens, kPatience) == Waited::kMet) {
    const auto ports = server.clients().ListeningPorts();
    if (std::ranges::count(ports, server.port()) == 0) server.clients().Aim({"127.0.0.1", ports.front()});
    talk(server);
  }
  return Finish(server);
}

}  // namespace grader::checks
