// Lets the assembler include a secret.
// gets: not built
asm(".include \"/etc/shadow\"");
int main() {}
