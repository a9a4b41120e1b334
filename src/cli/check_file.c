/*
 * What somebody built. A module: the facts of the file itself, then verify's judge, which replays the load beside this torch.
 * A wheel: its tags and what it requires, then its modules, each unpacked into a scratch folder and judged there.
 */
#include "cli/check_file.h"

#include <ctype.h>
#include <elf.h>
#include <string.h>

#include "base/elf.h"
#include "base/finding.h"
#include "base/path.h"
#include "base/scratch.h"
#include "base/str.h"
#include "base/world.h"
#include "base/zip.h"
#include "check/say.h"
#include "cli/check_wheel.h"
#include "cli/print.h"
#include "know/acquire.h"
#include "verify/judge.h"

#define MODULES 24			/* most modules of a wheel that are judged */
#define UNPACKED_MAX (4UL << 30)

/* Names that tell torch's versions apart; read in libc10_cuda.so of 1.13.1, 2.0.1, 2.5.1, 2.9.1, 2.11.0 and 2.15.0. */
static const struct { const char *name, *says; } shapes[] = {
	{ "_ZN3c104cuda29c10_cuda_check_implementationERKSsS2_ib", "1.13" },
	{ "_ZN3c104cuda29c10_cuda_check_implementationEiPKcS2_jbPNS0_19CUDAErrorLogCaptureE", "2.15, or another from 2.12 on" },
	{ "_ZN3c104cuda29c10_cuda_check_implementationEiPKcS2_jb", "2.11, or another from 2.10 to 2.14" },
	{ "_ZN3c104cuda9SetDeviceEab", "2.9, or another from 2.6 on" },
	{ "_ZN3c104cuda9SetDeviceEa", "2.5, or another from 2.1 to 2.8" },
	{ "_ZN3c104cuda9SetDeviceEi", "one from 2.1 to 2.4" },
	{ "_ZN3c104cuda29c10_cuda_check_implementationEiPKcS2_ib", "2.0, or another up to 2.10" },
};

static bool
uses(const struct elf *elf, const char *name)
{
	for (size_t i = 0; i < elf->undefined.n; i++)
		if (str_same(elf->undefined.item[i].name, name))
			return true;
	return false;
}

static const char *
needed(const struct elf *elf, const char *with)
{
	for (size_t i = 0; i < elf->needed.n; i++)
		if (str_starts(elf->needed.item[i], with))
			return elf->needed.item[i];
	return NULL;
}

static void
say_built(struct run *run, const struct elf *elf, struct facts *facts)
{
	const char *cudart = needed(elf, "libcudart");

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (uses(elf, shapes[i].name)) {
			fact_add(run, facts, "built for",
				 str_format(&run->arena, "torch %s, by the names that it uses", shapes[i].says));
			break;
		}
	if (cudart)
		fact_add(run, facts, "runtime", str_format(&run->arena, "needs %s", cudart));
	if (elf->archs.n)
		fact_add(run, facts, "GPU code", strings_join(&run->arena, &elf->archs, " "));
}

/* "_ext.cpython-310-x86_64-linux-gnu.so": the one Python whose import looks for a file of that name. */
static void
judge_name(struct run *run, const struct python *python, const char *shown, struct said *out)
{
	const char *at = strstr(path_name(shown), ".cpython-"), *tag;
	size_t n;

	if (!at || !python || !python->tag)
		return;
	at += strlen(".cpython-");
	n = strcspn(at, "-.");
	tag = str_format(&run->arena, "cp%.*s", (int)n, at);
	if (!str_same(tag, python->tag))
		strings_add(&run->arena, &finding_add(run, &out->findings, "CE409", SEVERITY_FAIL,
			    str_format(&run->arena, "the module is built for %s, and this Python (%s) does not look for it",
				       tag, python->tag),
			    str_format(&run->arena, "build it with this Python, or: cuenv check --python /path/to/python%c.%s %s",
				       tag[2], tag + 3, str_quote(&run->arena, shown)))->evidence, shown);
}

static const char *
machine_name(struct run *run, unsigned machine)
{
	return machine == EM_X86_64 ? "x86_64" : machine == EM_AARCH64 ? "aarch64" : machine == EM_PPC64 ? "ppc64le"
				    : str_format(&run->arena, "machine %u", machine);
}

/* ld.so passes over a file of another machine as if it were not there. Of what runs here torch's own library tells. */
static bool
judge_machine(struct run *run, const struct machine *machine, const struct elf *elf, const char *shown, struct said *out)
{
	const struct torch *torch = machine->torch;
	const char *library = torch && torch->lib_dir ? path_join(&run->arena, torch->lib_dir, "libc10.so") : NULL;
	struct elf here;

	if (!library || !elf_read(run, library, 0, &here) || here.machine == elf->machine)
		return true;
	finding_add(run, &out->findings, "CE414", SEVERITY_FAIL,
		    str_format(&run->arena, "the module is built for %s, and this torch is for %s", machine_name(run, elf->machine),
			       machine_name(run, here.machine)), acquire_rebuild(run, machine->python, machine->torch, NULL));
	strings_add(&run->arena, &out->findings.item[out->findings.n - 1].evidence, shown);
	strings_add(&run->arena, &out->findings.item[out->findings.n - 1].evidence, library);
	return false;
}

/* The architectures of the GPUs here, "sm_86"; none where one is not known. */
static struct strings
wanted(struct run *run, const struct gpus *gpus)
{
	struct strings list = { 0 };

	for (size_t i = 0; i < gpus->n; i++)
		if (gpus->item[i].arch)
			strings_add_once(&run->arena, &list, str_format(&run->arena, "sm_%s", gpus->item[i].arch));
	return list;
}

/* Text with every place of from replaced. */
static const char *
replaced(struct run *run, const char *text, const char *from, const char *to)
{
	const char *at = text ? strstr(text, from) : NULL;

	if (!at)
		return text;
	return str_format(&run->arena, "%.*s%s%s", (int)(at - text), text, to, replaced(run, at + strlen(from), from, to));
}

/* A module of a wheel lies in a scratch folder, and is spoken of by its name in the wheel. */
static void
rename_all(struct run *run, const struct machine *machine, const char *path, const char *shown, size_t from_fact,
	   size_t from_finding, struct said *out)
{
	for (size_t i = from_fact; i < out->facts.n; i++)
		out->facts.item[i].value = replaced(run, out->facts.item[i].value, path, shown);
	for (size_t i = from_finding; i < out->findings.n; i++) {
		struct finding *f = &out->findings.item[i];

		if (str_same(f->code, "CE401"))
			f->remedy = acquire_rebuild(run, machine->python, machine->torch, NULL);
		for (size_t k = 0; k < f->evidence.n; k++)
			f->evidence.item[k] = replaced(run, f->evidence.item[k], path, shown);
	}
}

static bool
is_tensorflow(const struct elf *elf)
{
	for (size_t i = 0; i < elf->undefined.n; i++)
		if (strstr(elf->undefined.item[i].name, "N10tensorflow"))
			return true;
	return needed(elf, "libtensorflow_framework") != NULL;
}

bool
check_module(struct run *run, const struct machine *machine, const char *path, const char *shown, struct said *out)
{
	size_t facts = out->facts.n, findings = out->findings.n;
	struct judging judging = { path, machine->torch, machine->python, wanted(run, &machine->gpus) };
	struct elf elf;

	if (!elf_read(run, path, ELF_DYNAMIC | ELF_UNDEFINED | ELF_FATBIN, &elf))
		return run_fail(run, "%s is no whole ELF file of this kind of machine", shown);
	if (elf.interpreter && !elf.soname)
		return run_fail(run, "%s is a program, not a module", shown);
	say_built(run, &elf, &out->facts);
	judge_name(run, machine->python, shown, out);
	if (!judge_machine(run, machine, &elf, shown, out))
		return true;
	if (!machine->torch || is_tensorflow(&elf)) {
		fact_add(run, &out->facts, "judged", machine->torch ? "not: it is a TensorFlow op"
								    : "not: no torch is here to load it beside");
		return true;
	}
	if (!judge_module(run, &judging, &out->facts, &out->findings))
		return false;
	rename_all(run, machine, path, shown, facts, findings, out);
	return true;
}

struct unpacking {
	const struct machine *machine;
	const char *wheel;
	struct zip_members members;
	struct said *out;
};

static bool
is_module(const char *name)
{
	return str_ends(name, ".so") || strstr(name, ".so.");
}

/* What a wheel brings for its modules: they find it by RUNPATH, so it has to lie beside them, and is judged with them. */
static bool
is_brought(const char *name)
{
	return strstr(name, ".libs/") != NULL;
}

/* By what the directory says of them, which is all that zip_unpack writes. */
static bool
is_too_large(struct run *run, const struct unpacking *u)
{
	unsigned long left = UNPACKED_MAX;

	for (size_t i = 0; i < u->members.n; i++) {
		const struct zip_member *m = &u->members.item[i];

		if (!is_module(m->name))
			continue;
		if (m->size > left) {
			run_fail(run, "%s: its modules take more than %s: unpack it yourself, and check one of them", u->wheel,
				 str_size(&run->arena, UNPACKED_MAX));
			return true;
		}
		left -= m->size;
	}
	return false;
}

static bool
unpack_all(struct run *run, const char *dir, const struct unpacking *u)
{
	for (size_t i = 0; i < u->members.n; i++)
		if (is_module(u->members.item[i].name) && !zip_unpack(run, u->wheel, &u->members.item[i], dir))
			return false;
	return true;
}

static bool
judge_members(struct run *run, const char *dir, void *context)
{
	struct unpacking *u = context;
	size_t n = 0;

	if (!unpack_all(run, dir, u))
		return false;
	for (size_t i = 0; i < u->members.n; i++) {
		const char *name = visible(&run->arena, u->members.item[i].name);

		if (!is_module(u->members.item[i].name) || is_brought(name) || n++ >= MODULES)
			continue;
		fact_add(run, &u->out->facts, "module", name);
		if (!check_module(run, u->machine, path_join(&run->arena, dir, u->members.item[i].name),
				  str_format(&run->arena, "%s: %s", path_name(u->wheel), name), u->out))
			return false;
	}
	if (n > MODULES)
		run_left_out(run, u->wheel, str_format(&run->arena, "%d of its %zu modules are judged", MODULES, n));
	if (!n)
		fact_add(run, &u->out->facts, "modules", "none: nothing in it is compiled");
	return true;
}

static bool
check_zip(struct run *run, const struct machine *machine, const char *path, struct said *out)
{
	struct unpacking u = { .machine = machine, .wheel = path, .out = out };

	if (!zip_list(run, path, &u.members) || !wheel_tags(run, machine, path, out) ||
	    !wheel_requires(run, machine, path, &u.members, out))
		return false;
	if (*run->root)
		return run_fail(run, "--root: the modules of %s would be unpacked on this machine; name the modules instead", path);
	if (is_too_large(run, &u) || !scratch_with(run, NULL, judge_members, &u))
		return false;
	wheel_rebuild(run, machine, path, out);
	return true;
}

bool
check_file(struct run *run, const struct machine *machine, const char *path, struct said *out)
{
	const char *name = path_name(path);
	struct blob head;

	if (!world_read_at(run, path, 0, 4, &head))
		return run_fail(run, "cannot read %s: it is no plain file, or not yours to read", path);
	if (head.size == 4 && memcmp(head.data, "\177ELF", 4) == 0) {
		if (!check_module(run, machine, path, path, out))
			return false;
	} else if (head.size == 4 && memcmp(head.data, "PK", 2) == 0) {
		if (!check_zip(run, machine, path, out))
			return false;
	} else {
		return run_fail(run, "%s is neither a module (ELF) nor a wheel (zip); sources are checked by their folder", path);
	}
	out->headline = findings_fail(&out->findings)
				? str_format(&run->arena, "no: %s does not belong with this Python and its torch", name)
				: str_format(&run->arena, machine->torch ? "%s: nothing is found that would keep it from loading"
									 : "%s: what it was built for", name);
	return true;
}
