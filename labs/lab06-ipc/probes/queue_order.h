// A Queue by itself: what it takes, in which order it gives it back, what it refuses.
#pragma once

#include <climits>

#include "stage.h"

namespace stage {

inline std::string State(const ipc::Queue& queue) {
  return Outcome([&] { return queue.qsize(); }) + ' ' + Outcome([&] { return queue.empty(); }) + ' ' +
         Outcome([&] { return queue.full(); });
}

inline std::string PutNow(ipc::Queue& queue, const Bytes& message) {
  return Outcome([&] { queue.put(message, false); });
}
inline std::string GetNow(ipc::Queue& queue) {
  return Outcome([&] { return queue.get(false); });
}

// script MAXSIZE SEED STEP...: a step is pSIZE (put), g (get), or the same as P, G in a process that ends at once.
inline void Script(const Words& words) {
  ipc::Queue queue(static_cast<int>(Number(words[0])));
  Tell("state", State(queue));
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::string& step = words[i];
    const auto act = [&] {
      if (step[0] == 'g' || step[0] == 'G') return Tell("get", GetNow(queue));
      const std::size_t size = Number(step.substr(1));
      Tell("put", PutNow(queue, content::Message(Number(words[1]), i - 2, size)));
    };
    if (step[0] == 'P' || step[0] == 'G') {
      Reap(Child(act));
    } else {
      act();
    }
    Tell("state", State(queue));
  }
}

// refuses SEED
inline void Refuses(const Words& words) {
  for (const int maxsize : {-1, INT_MIN, ipc::Queue::kMaxSize + 1, INT_MAX, 1 << 16}) {
    Tell("bad", Outcome([&] { const ipc::Queue queue(maxsize); }));
  }
  for (const int maxsize : {0, 1, ipc::Queue::kMaxSize}) {
    Tell("good", Outcome([&] { const ipc::Queue queue(maxsize); }));
  }
  ipc::Queue queue(2);
  Tell("toolong", PutNow(queue, Bytes(ipc::Queue::kMaxMessage + 1)));
  Tell("toolong", Outcome([&] { queue.put(Bytes(70'000)); }));
  Tell("longest", PutNow(queue, content::Message(Number(words[0]), 0, ipc::Queue::kMaxMessage)));
  Tell("state", State(queue));
  Tell("get", GetNow(queue));
}

inline void TellAllCalls(ipc::Queue& queue) {
  Tell("closed-put", Outcome([&] { queue.put(Bytes(3)); }));
  Tell("closed-put", PutNow(queue, Bytes(3)));
  Tell("closed-get", Outcome([&] { return queue.get(); }));
  Tell("closed-get", GetNow(queue));
  Tell("closed-qsize", Outcome([&] { return queue.qsize(); }));
  Tell("closed-empty", Outcome([&] { return queue.empty(); }));
  Tell("closed-full", Outcome([&] { return queue.full(); }));
}

// What was opened after a queue was closed may have got its numbers.
inline void QueueClosesOnce() {
  std::optional<Foreign> foreign;
  {
    ipc::Queue queue(3);
    queue.close();
    foreign.emplace();
    queue.close();
  }
  Tell("foreign", InWords(foreign->AllOpen()));
}

// closes SEED: processes close, end or are killed; what they put stays, and the others go on.
inline void Closes(const Words& words) {
  ipc::Queue queue(3);
  const auto message = [&](unsigned number) { return content::Message(Number(words[0]), number, 10 + number); };
  Gate closed;
  Gate end;
  const pid_t closer = Child([&] {
    queue.put(message(0));
    queue.close();
    queue.close();
    TellAllCalls(queue);
    closed.Open();
    end.Wait();
  });
  closed.Wait();
  Tell("state", State(queue));
  Tell("get", GetNow(queue));
  Reap(Child([&] {
    queue.put(message(1));
    kill(getpid(), SIGKILL);
  }));
  const pid_t other = Child([&] {
    end.Wait();
    Tell("state", State(queue));
    for (int i = 0; i < 2; ++i) Tell("get", GetNow(queue));
    for (unsigned i = 3; i < 6; ++i) Tell("put", PutNow(queue, message(i)));
    Tell("put", PutNow(queue, message(6)));
    Tell("get", GetNow(queue));
  });
  queue.put(message(2));
  queue.close();
  TellAllCalls(queue);
  end.Open(2);
  Reap(other);
  Reap(closer);
  QueueClosesOnce();
}

}  // namespace stage
