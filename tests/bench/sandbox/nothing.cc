// Does nothing, and is linked statically: what is measured is the launch.
int main() {}
