static inline int own_value() { return 3; }
