/* The templates in cmake/ as text in the program. */
	.section .rodata
#define FILE(symbol, name)		\
	.globl symbol;	\
symbol:	.incbin name;	\
	.byte 0
FILE(template_toolchain, "toolchain.cmake.in")
FILE(template_config, "CudaEnvConfig.cmake.in")
FILE(template_config_version, "CudaEnvConfigVersion.cmake.in")
	.section .note.GNU-stack, "", %progbits
