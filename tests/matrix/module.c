/* A library for `cuenv check MODULE.so`. */
int matrix_module(void);

int
matrix_module(void)
{
	return 0;
}
