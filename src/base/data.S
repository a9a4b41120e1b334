/* The tables of data/ as bytes in the program: the rows of data.c point here. */
	.section .rodata
#define TABLE(symbol, name)		\
	.globl symbol, symbol##_end;	\
symbol:	.incbin name;	\
symbol##_end:				\
	.byte 0
TABLE(data_apis, "apis.json")
TABLE(data_cudnn, "cudnn.json")
TABLE(data_forward_compat, "forward-compat.json")
TABLE(data_gpus, "gpus.json")
TABLE(data_mmcv, "mmcv.json")
TABLE(data_packages, "packages.json")
TABLE(data_tensorflow, "tensorflow.json")
TABLE(data_toolkits, "toolkits.json")
TABLE(data_torch, "torch.json")
	.section .note.GNU-stack, "", %progbits
