#ifndef MAIN_H
#define MAIN_H

/* The static program becomes cuenv-full with the words that it was given, or says why not and ends. */
_Noreturn void start_over(void);

#endif
