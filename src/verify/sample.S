/* samples/ext as bytes in the program: struct sample rows in sample.c point here. */
	.section .rodata
#define FILE(symbol, name)		\
	.globl symbol, symbol##_end;	\
symbol:	.incbin name;	\
symbol##_end:				\
	.byte 0
FILE(sample_scale_h, "scale.h")
FILE(sample_scale_cu, "scale.cu")
FILE(sample_module_cpp, "module.cpp")
FILE(sample_check_py, "check.py")
	.section .note.GNU-stack, "", %progbits
