// ipc: messages between processes (lab 6).
#include "ipc.hpp"

#include "connection.h"
#include "queue.h"
