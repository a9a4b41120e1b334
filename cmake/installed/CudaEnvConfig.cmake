# Lets find_package(CudaEnv) find FindCudaEnv.cmake without CMAKE_MODULE_PATH.
include("${CMAKE_CURRENT_LIST_DIR}/FindCudaEnv.cmake")
