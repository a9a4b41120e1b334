typedef int table_t;
