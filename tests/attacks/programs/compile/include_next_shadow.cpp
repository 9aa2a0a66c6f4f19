// Includes the next file of a name that leads out, computed and quoted.
// gets: not built
#define ANGLES </etc/shadow>
#define QUOTED(x) #x
#define QUOTE(x) QUOTED(x)
#include ANGLES
#include QUOTE(/ etc / passwd -)
#include_next <../../../../../etc/shadow>
#import "/etc/gshadow"
#ident "/etc/shadow"
int main() {}
