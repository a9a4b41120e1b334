// A static_assert that does not hold.
static_assert(sizeof(void *) == 4, "32 bits only");
