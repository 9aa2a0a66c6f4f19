// Embeds an endless file.
// gets: not built
asm(".incbin \"/dev/zero\"");
int main() {}
