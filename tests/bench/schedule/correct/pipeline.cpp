// find: nothing. Three stages, a semaphore between each two.
#include <semaphore>
#include <thread>

int raw[2], doubled[2];
std::counting_semaphore<2> have_raw(0), have_doubled(0);

int main() {
  std::thread source([] {
    for (int i = 0; i < 2; ++i) {
      raw[i] = i + 1;
      have_raw.release();
    }
  });
  std::thread middle([] {
    for (int i = 0; i < 2; ++i) {
      have_raw.acquire();
      doubled[i] = 2 * raw[i];
      have_doubled.release();
    }
  });
  int sum = 0;
  for (int i = 0; i < 2; ++i) {
    have_doubled.acquire();
    sum += doubled[i];
  }
  source.join();
  middle.join();
  return sum == 6 ? 0 : 1;
}
