#pragma once

namespace lab {

// Thrown where a request cannot be granted: the status of the reply.
struct Refusal {
  int status;
};

}  // namespace lab
