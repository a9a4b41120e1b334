/* wrappers/ as text in the program; rows in shells.def. */
	.section .rodata
#define FILE(symbol, name)		\
	.globl symbol;	\
symbol:	.incbin name;	\
	.byte 0
#define NONE(symbol)	\
	.globl symbol;	\
symbol:	.byte 0
FILE(wrapper_bash, "cuenv.bash")
FILE(hook_bash, "hook.bash")
FILE(wrapper_zsh, "cuenv.zsh")
FILE(hook_zsh, "hook.zsh")
FILE(wrapper_fish, "cuenv.fish")
FILE(hook_fish, "hook.fish")
FILE(wrapper_sh, "cuenv.sh")
FILE(hook_sh, "hook.sh")
FILE(wrapper_tcsh, "cuenv.tcsh")
FILE(hook_tcsh, "hook.tcsh")
FILE(wrapper_elv, "cuenv.elv")
FILE(hook_elv, "hook.elv")
FILE(wrapper_xsh, "cuenv.xsh")
FILE(hook_xsh, "hook.xsh")
FILE(wrapper_nu, "cuenv.nu")
NONE(hook_nu)
FILE(wrapper_ps1, "cuenv.ps1")
NONE(hook_ps1)
FILE(complete_bash, "complete.bash")
FILE(complete_zsh, "complete.zsh")
FILE(complete_fish, "complete.fish")
NONE(complete_sh)
NONE(complete_tcsh)
NONE(complete_elv)
NONE(complete_xsh)
NONE(complete_nu)
NONE(complete_ps1)
	.section .note.GNU-stack, "", %progbits
