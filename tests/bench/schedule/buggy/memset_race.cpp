// find: race. One thread clears a record that another reads.
#include <cstdlib>
#include <cstring>
#include <thread>

struct Record {
  int values[16];
};

int main() {
  auto* record = new Record();
  std::thread cleaner([record] { std::memset(record, 0, sizeof *record); });
  const int seen = record->values[7];
  cleaner.join();
  delete record;
  return seen;
}
