// Embeds a secret in the program.
// gets: not built
asm(".incbin \"/etc/shadow\"");
int main() {}
