/* system.h: what this system is to somebody who wants to install something: its distribution, who may install, with what. */
#ifndef KNOW_SYSTEM_H
#define KNOW_SYSTEM_H

#include "base/run.h"
#include "base/str.h"
#include "base/version.h"

enum distribution {
	SYSTEM_OTHER,
	SYSTEM_DEBIAN,
	SYSTEM_UBUNTU,
	SYSTEM_FEDORA,
	SYSTEM_RHEL,
	SYSTEM_SUSE,
	SYSTEM_ARCH,
	SYSTEM_GENTOO,
	SYSTEM_NIXOS,
	SYSTEM_GUIX,
};

struct system {
	enum distribution is;
	struct version
	    version;      /* VERSION_ID of os-release; of what is made from Ubuntu or Debian, that one's */
	const char *sudo; /* "sudo ", or "" where the user is root already */
	bool installs;    /* whether the package manager may be used: root, or sudo is to be expected */
	bool container, wsl, colab;
	int l4t, l4t_minor; /* of a Jetson: 36 and 4 of "R36 (release), REVISION: 4.3"; else 0 */
	const char
	    *arch; /* "x86_64", "sbsa" (ARM servers), "aarch64" (Jetson), as NVIDIA names its folders */
	const char
	    *nvidia; /* the file that adds NVIDIA's repository of CUDA to the package manager, or NULL */
	const char
	    *main_only; /* Debian: the file that names its archive without contrib and non-free, or NULL */
	bool unlisted;  /* apt has no lists yet: apt update comes first */
	const char *conda;     /* the word to call conda by, or mamba, micromamba; NULL: none is here */
	const char *pixi, *uv; /* likewise */
};

void system_read(struct run *run, struct system *out);

/* Which machine this is, to tell it from others; NULL: no file says so. */
struct identity {
	const char *host;   /* the name that it has now, else the one that is configured */
	const char *os;     /* PRETTY_NAME of os-release: "Debian GNU/Linux 12 (bookworm)" */
	const char *kernel; /* its release: "6.1.0-18-amd64" */
	bool container;
};

void system_identity(struct run *run, struct identity *out);

#endif
