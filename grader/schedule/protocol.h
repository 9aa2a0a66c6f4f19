// What the grader says to a program under the controlled scheduler, and what it hears back.
//
// The program's standard input carries Orders and its standard output Results; the runtime moves both out of the way of
// the student's code before any of it runs. After dynamic linking and static constructors the program sends a Hello.
// For each Order it forks a child that runs main() once, under the schedule that the order describes, and answers with
// one Result. The same order gives the same run, hence the same Result::hash, in every process and on every machine
// with the same program and kVersion.
//
// Orders:  Order, then Order::prefix_count × ThreadNumber, then Order::input_size bytes for the run's standard input.
// Results: Result, then its arrays in the order of Result's counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace grader::schedule {

inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::uint32_t kHelloMark = 0x6f6c6c65;
inline constexpr std::uint32_t kOrderMark = 0x6564726f;
inline constexpr std::uint32_t kResultMark = 0x746c7573;

// Threads are numbered in the order of their creation; main is 0.
using ThreadNumber = std::int32_t;
inline constexpr ThreadNumber kNoThread = -1;

// Objects (mutexes, conditions, atomics, memory) are numbered in the order in which a run first names them, from 1.
using ObjectNumber = std::uint32_t;
inline constexpr ObjectNumber kNoObject = 0;

// An address of code. Return addresses: the call is just before it. Programs are linked -no-pie, so that those in the
// program itself are its link-time addresses.
using Pc = std::uint64_t;

enum class Strategy : std::uint32_t {
  kFair,          // switches now and then, to everybody in turn
  kRandomWalk,    // anybody, at every point
  kPct,           // random priorities, Order::depth - 1 random changes
  kPos,           // a random priority for each event, drawn again for those that race with one done
  kSurw,          // samples the orders of the events on one shared object evenly
  kDirected,      // holds threads at events on shared objects and before nested locks until others arrive
  kDelayBounded,  // turn by turn, with Order::depth delays
  kPrefix,        // follows the prefix, then runs without switching; for exhaustive search
};

enum Option : std::uint32_t {
  kSpuriousWakeUps = 1u << 0,   // one in six waits for conditions and atomics returns for no reason
  kEarlyTimeouts = 1u << 1,     // deadlines at most a second ahead may pass while others can run
  kEarlySleepers = 1u << 2,     // the same for sleeps
  kHoldNewThreads = 1u << 3,    // a new thread runs only when nobody else can
  kPointsEverywhere = 1u << 4,  // a switch is possible at every access, not only at those to shared memory
  kRecordSteps = 1u << 5,       // send the steps of the run
  kRecordChoices = 1u << 6,     // send the choices of the run
};

struct Hello {
  std::uint32_t mark = kHelloMark;
  std::uint32_t version = kVersion;
  std::uint32_t fibers = 0;               // 1: threads are switched in user space; 0: by the kernel (no FSGSBASE)
  std::uint32_t threads_before_main = 0;  // threads started by static constructors; every run is kUnsupported then
};

// One schedule. Targets of kSurw and kDirected, and the length that kPct and kDelayBounded draw from, come from the
// profile of the program: the run of {kFair, seed 0, same input}, which the runtime makes when it is first needed.
struct Order {
  std::uint32_t mark = kOrderMark;
  std::uint32_t version = kVersion;
  std::uint64_t index = 0;  // given back in Result::index
  Strategy strategy = Strategy::kFair;
  std::uint32_t options = 0;  // of Option
  std::uint64_t seed = 0;
  std::uint32_t depth = 3;
  std::uint32_t prefix_count = 0;  // choices to follow, at most kMostChoices
  std::uint64_t sleepers =
      0;  // kPrefix: threads (bit per number, 0…63) that are asleep before the last choice of the prefix
  std::uint64_t step_limit = 20'000'000;  // the run ends as kStepLimit after that many steps
  std::uint32_t input_size = 0;
  std::uint32_t unused = 0;
};

// How a run ended.
enum class Ending : std::uint32_t {
  kExited,       // Result::status is the exit status
  kSignaled,     // Result::status is the signal
  kFound,        // the runtime ended it, the last of the findings is why
  kStepLimit,    // too many steps; says nothing about the program
  kPruned,       // kPrefix: every thread that could go on is asleep, another run shows the same
  kUnseen,       // the process was gone without the runtime having seen it end, or its report was changed
  kUnsupported,  // the last finding names the call
  kFault,        // the runtime's own; Result::fault says what
};

enum class Operation : std::uint8_t {
  kNone,
  kRead,
  kWrite,
  kAtomicLoad,
  kAtomicStore,
  kAtomicUpdate,
  kFence,
  kLock,
  kTryLock,
  kUnlock,
  kReadLock,
  kTryReadLock,
  kReadUnlock,
  kConditionWait,
  kNotifyOne,
  kNotifyAll,
  kAtomicWait,
  kAtomicNotify,
  kSemaphoreAcquire,
  kSemaphoreRelease,
  kBarrierWait,
  kOnce,
  kStaticInit,
  kThreadCreate,
  kThreadStart,
  kThreadEnd,
  kJoin,
  kDetach,
  kYield,
  kSleep,
  kClock,
  kOutput,
  kInput,
  kAllocate,
  kFree,
  kExit,
  kMark,
};

inline constexpr std::size_t kMostFrames = 12;
inline constexpr std::size_t kMostHeld = 8;

// Innermost first.
struct Stack {
  std::uint32_t depth = 0;  // frames there were; the first kMostFrames of them follow
  std::uint32_t unused = 0;
  Pc frames[kMostFrames] = {};
};

struct Held {
  ObjectNumber object = kNoObject;
  std::uint32_t shared = 0;  // 1: held for reading
  Stack taken;
};

enum class Role : std::uint8_t {
  kHere,       // what the thread was about to do
  kOther,      // the earlier access of a race
  kAllocated,  // where the block was allocated
  kFreed,      // where it was freed
  kNotified,   // the notification that came before its waiter
  kTaken,      // where the lock was taken
  kJoined,     // where the thread was joined or detached before
};

struct Place {
  Role role = Role::kHere;
  Operation operation = Operation::kNone;
  std::uint8_t atomic = 0;
  std::uint8_t unused = 0;
  ThreadNumber thread = kNoThread;
  ObjectNumber object = kNoObject;
  std::uint32_t size = 0;  // of an access, bytes
  std::uint64_t address = 0;
  std::uint64_t step = 0;
  std::uint32_t held_count = 0;  // the first kMostHeld of them follow
  ObjectNumber held[kMostHeld] = {};
  std::uint32_t unused2 = 0;
  Stack stack;
};

enum class FindingKind : std::uint32_t {
  kDataRace,           // kHere, kOther
  kUseAfterFree,       // kHere, kAllocated, kFreed
  kHeapOverflow,       // kHere, kAllocated: outside the block
  kDoubleFree,         // kHere, kAllocated, kFreed
  kInvalidFree,        // kHere
  kUnlockOfOthers,     // kHere, kTaken: unlocks what another thread holds
  kUnlockOfFree,       // kHere
  kSelfLock,           // kHere, kTaken: locks what it holds already
  kDestroyedHeld,      // kHere, kTaken: a mutex is destroyed, or its memory freed, while held
  kDestroyedWaited,    // kHere, kOther: a condition, mutex, barrier … is destroyed while kOther's thread waits in it
  kConditionUnlocked,  // kHere: waits without holding the mutex
  kConditionTwoMutexes,  // kHere, kOther: two waiters brought different mutexes
  kJoinTwice,            // kHere, kJoined
  kJoinDetached,         // kHere, kJoined
  kJoinSelf,             // kHere
  kDetachTwice,          // kHere, kJoined
  kDeadlock,             // see ThreadInfo of each thread
  kLostWakeUp,           // a deadlock; kHere is the waiter, kNotified the notification that came too early
  kLivelock,             // threads run, and nothing changes any more
  kStuck,                // kHere: computes for seconds without reaching the scheduler
  kUncaughtException,    // kHere; text is the type, then ": " and what() if it has one
  kTerminated,           // kHere: std::terminate() without an exception (a joinable std::thread destroyed …)
  kAborted,              // kHere: abort(), a failed assert(); stderr has the words
  kCrashed,              // kHere; text is the signal's name, Place::address what was touched
  kStackOverflow,        // kHere
  kUnsupported,          // kHere; text is the call
};

inline constexpr std::size_t kMostPlaces = 3;

struct Finding {
  FindingKind kind = FindingKind::kDataRace;
  std::uint32_t place_count = 0;
  Place places[kMostPlaces];
  char text[240] = {};  // ends with 0
};

enum class ThreadState : std::uint8_t { kReady, kWaiting, kEnded };

// A thread at the end of the run.
struct ThreadInfo {
  ThreadNumber thread = 0;
  ThreadNumber parent = kNoThread;
  ThreadState state = ThreadState::kReady;
  Operation operation = Operation::kNone;  // what it waits in, or would do next
  std::uint8_t in_cycle = 0;               // waits, over others, for itself
  std::uint8_t detached = 0;
  std::uint8_t joined = 0;
  std::uint8_t timed = 0;     // its wait has a deadline
  std::uint8_t spinning = 0;  // it looks again and again at what nobody changes
  std::uint8_t unused = 0;
  ObjectNumber object = kNoObject;     // what it waits for
  ThreadNumber waits_for = kNoThread;  // who holds it; the thread to be joined
  std::uint32_t held_count = 0;        // the first kMostHeld of them follow
  std::uint32_t unused2 = 0;
  Pc function = 0;  // given to pthread_create; for std::thread that of libstdc++
  Stack created;
  Stack stack;
  Held held[kMostHeld];
};

enum class ObjectKind : std::uint8_t {
  kMemory,
  kAtomic,
  kMutex,
  kRecursiveMutex,
  kSharedMutex,
  kCondition,
  kSemaphore,
  kBarrier,
  kOnce,
  kStaticGuard,
  kStream,
  kSpinLock,
  kThread
};
enum class Storage : std::uint8_t { kGlobal, kHeap, kStack, kOther };

struct ObjectInfo {
  ObjectNumber object = kNoObject;
  ObjectKind kind = ObjectKind::kMemory;
  Storage storage = Storage::kOther;
  std::uint8_t freed = 0;
  std::uint8_t unused = 0;
  ThreadNumber owner = kNoThread;  // who holds it; of a stack whose; of the heap who allocated it
  std::uint32_t unused2 = 0;
  std::uint64_t address = 0;  // kGlobal: the link-time address
  std::uint64_t block = 0;    // kHeap: start of the block
  std::uint64_t block_size = 0;
  Stack allocated;  // kHeap
};

// outer was held when inner was taken. A candidate only: the verdict is a deadlock that is reached.
struct LockEdge {
  ObjectNumber outer = kNoObject;
  ObjectNumber inner = kNoObject;
  ThreadNumber thread = kNoThread;
  std::uint32_t unused = 0;
};

// A moment at which more than one thread could go on, or a notification could wake more than one.
struct Choice {
  ThreadNumber chosen = kNoThread;
  ThreadNumber previous = kNoThread;  // who ran before
  std::uint32_t wakes = 0;            // 1: enabled are the waiters of whom one is woken; sleep sets do not apply to it
  std::uint32_t unused = 0;
  std::uint64_t enabled = 0;   // bit per thread number, 0…63
  std::uint64_t sleepers = 0;  // of those, who is asleep: what it would do was explored elsewhere
};

struct Step {
  ThreadNumber thread = 0;
  Operation operation = Operation::kNone;
  std::uint8_t blocked = 0;  // it had to wait here
  std::uint8_t held_count = 0;
  std::uint8_t spurious = 0;  // woken for no reason, or by its deadline
  ObjectNumber object = kNoObject;
  ObjectNumber held[4] = {};
  Pc pc = 0;      // of the call or access
  Pc caller = 0;  // of the frame outside, 0 if there is none
};

inline constexpr std::size_t kMostFindings = 16;
inline constexpr std::size_t kMostThreads = 256;  // alive at once
inline constexpr std::size_t kMostThreadInfos = 128;
inline constexpr std::size_t kMostObjects = 256;
inline constexpr std::size_t kMostLockEdges = 256;
inline constexpr std::size_t kMostChoices = 100'000;
inline constexpr std::size_t kMostSteps = 100'000;
inline constexpr std::size_t kMostOutput = 256UL * 1024;  // of each stream: the first half and the last half
inline constexpr std::size_t kMostInput = 1024UL * 1024;

struct Result {
  std::uint32_t mark = kResultMark;
  std::uint32_t version = kVersion;
  std::uint64_t index = 0;
  Ending ending = Ending::kExited;
  std::int32_t status = 0;
  std::uint64_t hash = 0;      // of the whole schedule
  std::uint64_t steps = 0;     // operations and accesses
  std::uint64_t points = 0;    // moments at which the scheduler was asked
  std::uint64_t branches = 0;  // of those, with more than one to choose from
  std::uint64_t switches = 0;
  std::uint64_t virtual_time = 0;  // nanoseconds since the run began
  std::uint32_t threads = 0;       // ever created, with main
  std::uint32_t left_behind = 0;   // not ended when the process ended, without main
  std::uint64_t output_size = 0;   // what the run wrote; out_bytes of it follow
  std::uint64_t error_size = 0;
  char fault[120] = {};
  // Each counts the elements of one array that follows, in this order.
  std::uint32_t finding_count = 0;
  std::uint32_t thread_count = 0;  // of ThreadInfo
  std::uint32_t object_count = 0;  // of ObjectInfo: all objects named in the arrays, as far as there is room
  std::uint32_t edge_count = 0;    // of LockEdge
  std::uint32_t choice_count = 0;  // with kRecordChoices
  std::uint32_t step_count = 0;    // with kRecordSteps
  std::uint32_t out_bytes = 0;
  std::uint32_t err_bytes = 0;
};

static_assert(std::is_trivially_copyable_v<Order> && std::is_trivially_copyable_v<Result>);
static_assert(sizeof(Order) == 64 && sizeof(Finding) % 8 == 0 && sizeof(ThreadInfo) % 8 == 0);

}  // namespace grader::schedule
