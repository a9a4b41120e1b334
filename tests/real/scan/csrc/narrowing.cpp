// g++ warns of this narrowing, clang refuses it.
struct size { unsigned char w, h; };
size make(int w, int h) { return {w, h}; }
