// The file's own error: defined twice.
int one() { return 1; }
int one() { return 2; }
