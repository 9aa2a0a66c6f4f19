// Embeds the memory of process 1.
// gets: not built
asm(".incbin \"/proc/1/mem\"");
int main() {}
