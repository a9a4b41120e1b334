/*
 * The Python side. Small headers by default, because they say as much about compiler, ABI and libraries as
 * torch/extension.h does and compile in a second; -DCUENV_FULL takes torch/extension.h and pybind11 instead.
 */
#include "scale.h"

#ifdef CUENV_FULL

PYBIND11_MODULE(TORCH_EXTENSION_NAME, m)
{
	m.def("scale", &scale, "x * factor");
	m.def("runtime_version", &runtime_version, "the CUDA runtime that this extension sees");
}

#else

#include <Python.h>
#include <torch/csrc/Exceptions.h>
#include <torch/csrc/autograd/python_variable.h>

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define TEXT_(a) #a
#define TEXT(a) TEXT_(a)

static PyObject *py_scale(PyObject *, PyObject *args)
{
	HANDLE_TH_ERRORS
	PyObject *x;
	double factor;

	if (!PyArg_ParseTuple(args, "Od:scale", &x, &factor))
		return nullptr;
	TORCH_CHECK_TYPE(THPVariable_Check(x), "scale takes a tensor");
	return THPVariable_Wrap(scale(THPVariable_Unpack(x), factor));
	END_HANDLE_TH_ERRORS
}

static PyObject *py_runtime_version(PyObject *, PyObject *)
{
	return PyLong_FromLong(runtime_version());
}

static PyMethodDef methods[] = {
	{ "scale", py_scale, METH_VARARGS, "x * factor" },
	{ "runtime_version", py_runtime_version, METH_NOARGS, "the CUDA runtime that this extension sees" },
	{ nullptr, nullptr, 0, nullptr },
};

static PyModuleDef module = { PyModuleDef_HEAD_INIT, TEXT(TORCH_EXTENSION_NAME), nullptr, -1, methods };

extern "C" PyMODINIT_FUNC JOIN(PyInit_, TORCH_EXTENSION_NAME)(void)
{
	return PyModule_Create(&module);
}

#endif
