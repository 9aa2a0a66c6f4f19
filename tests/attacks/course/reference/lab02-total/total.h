#pragma once

// The sum of the numbers.
long Total(const long* numbers, int count);
