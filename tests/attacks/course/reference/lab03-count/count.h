#pragma once

// Adds one, in any number of threads.
void Add();
// How often Add() was called.
int Count();
