// The items of the scenes with BoundedBuffer: they can be moved, not copied, and are counted as long as they hold
// something.
#pragma once

#include <memory>

#include "stage.h"

namespace scenes {

struct Content {
  int sender;
  int number;
};

// How many parcels hold something.
inline stage::Count& Parcels() {
  static stage::Count parcels;
  return parcels;
}

class Parcel {
 public:
  Parcel() = default;
  Parcel(int sender, int number) : content_(new Content{sender, number}) { Parcels().Add(); }
  Parcel(Parcel&& other) noexcept : content_(std::move(other.content_)) {}
  Parcel& operator=(Parcel&& other) noexcept {
    Destroy();
    content_ = std::move(other.content_);
    return *this;
  }
  ~Parcel() { Destroy(); }

  int sender() const { return content_ ? content_->sender : -1; }
  int number() const { return content_ ? content_->number : -1; }

 private:
  void Destroy() {
    if (content_) Parcels().Add(-1);
    content_.reset();
  }

  std::unique_ptr<Content> content_;
};

}  // namespace scenes
