// cusparseScsrmm left cuSPARSE in CUDA 11.
#include <cusparse.h>
int multiply(cusparseHandle_t handle, cusparseMatDescr_t a, const float *x)
{
	return cusparseScsrmm(handle, CUSPARSE_OPERATION_NON_TRANSPOSE, 1, 1, 1, 1, x, a, x, 0, 0, x, 1, x, (float *)x, 1);
}
