// The file's own error: a missing semicolon.
struct pair { int a, b; }
int first(pair p) { return p.a; }
