# FindCudaEnv: the CUDA toolkit that cuenv chooses, for the whole of a project. docs/cmake.md tells how to use it.
#
#   list(APPEND CMAKE_MODULE_PATH …)                       # not needed where cuenv is installed below a CMAKE_PREFIX_PATH
#   find_package(CudaEnv 11.8...<13 REQUIRED COMPONENTS cudart torch)
#   project(mine LANGUAGES CXX CUDA)                       # after it, so that CudaEnv can choose the compiler
#   target_link_libraries(mine PRIVATE CudaEnv::torch CudaEnv::cudart)
#
# What it reads
#   CUDAENV_EXECUTABLE    the cuenv to ask (also an environment variable); otherwise the one beside this file, or on PATH
#   CUDAENV_SPEC          which toolkit: 12.4, torch, '>=11.7,<12'; otherwise cuenv's own choice
#   CUDAENV_PYTHON        the Python whose torch is meant; otherwise Python_EXECUTABLE, Python3_EXECUTABLE, cuenv's choice
#   CUDAENV_WITHIN        versions that the project takes, '>=11.8,<12', for CMake 3.18, which knows no 11.8...<12
#   CMAKE_CUDA_COMPILER, CUDAToolkit_ROOT, CUDA_TOOLKIT_ROOT_DIR, CUDACXX …: yours win, and the rest is made to fit them
#
# What it sets, unless you have, while CUDA is not enabled: CMAKE_CUDA_COMPILER, CMAKE_CUDA_HOST_COMPILER,
# CMAKE_CUDA_ARCHITECTURES; and CUDAToolkit_ROOT, CUDA_TOOLKIT_ROOT_DIR; with torch: TORCH_CUDA_ARCH_LIST, Torch_DIR
#
# What it tells
#   CudaEnv_FOUND, CudaEnv_VERSION           whether, and nvcc's full version: 12.4.131
#   CudaEnv_ROOT_DIR, CudaEnv_NVCC           the toolkit, as a real path, and its nvcc
#   CudaEnv_INCLUDE_DIRS, CudaEnv_LIBRARY_DIRS
#   CudaEnv_HOST_COMPILER(_REASON)           a C++ compiler that this nvcc accepts, unless one was set, and why this one
#   CudaEnv_ARCHITECTURES(_REASON)           as CMAKE_CUDA_ARCHITECTURES; CudaEnv_TORCH_ARCH_LIST as TORCH_CUDA_ARCH_LIST
#   CudaEnv_<c>_FOUND, _REASON, _LIBRARY, _INCLUDE_DIR     for each component, and why it is not there
#   CudaEnv_PYTHON, CudaEnv_PYTHON_INCLUDE_DIR
#   CudaEnv_TORCH_DIR, _TORCH_VERSION, _TORCH_CUDA_VERSION, _TORCH_CXX11_ABI, _TORCH_CXX_STANDARD, _TORCH_CMAKE_DIR,
#   _TORCH_INCLUDE_DIRS, _TORCH_LIBRARY_DIR, _TORCH_CXX_FLAGS, _TORCH_NVCC_FLAGS     with torch
#   CudaEnv_CHOICE_ROOT, _CHOICE_VERSION, _CHOICE_BY       what cuenv would take if you had set nothing, and who chose it;
#   CudaEnv_CHOICE_FAULT                     why that choice cannot be taken
#   CudaEnv_CUENV_VERSION                    the cuenv that answered
# Targets: CudaEnv::<c> for each component, and CudaEnv::CudaEnv: the headers and all components but torch.
#
# The search is cuenv's; here is only what CMake must be told.
cmake_policy(VERSION 3.18...3.31)
include(FindPackageHandleStandardArgs)

set(_cudaenv_marker "# cuenv cmake 1") # how an answer to this file begins; see src/emit/find.h

# Whether the user, and not an earlier call of this file, set a variable.
function(_cudaenv_is_users out name)
	set(${out} FALSE PARENT_SCOPE)
	if(DEFINED ${name} AND NOT "${${name}}" STREQUAL "" AND
	   NOT (DEFINED CACHE{CudaEnv_CHOSE_${name}} AND "${${name}}" STREQUAL "${CudaEnv_CHOSE_${name}}"))
		set(${out} TRUE PARENT_SCOPE)
	endif()
endfunction()

# Sets what the user has not; an own choice of an earlier call is renewed.
function(_cudaenv_choose name type value text)
	_cudaenv_is_users(users ${name})
	if(NOT users AND NOT "${value}" STREQUAL "")
		set(${name} "${value}" CACHE ${type} "${text}; chosen by CudaEnv" FORCE)
		set(CudaEnv_CHOSE_${name} "${value}" CACHE INTERNAL "")
	endif()
endfunction()

function(_cudaenv_real out path)
	get_filename_component(real "${path}" REALPATH)
	set(${out} "${real}" PARENT_SCOPE)
endfunction()

# The command that empties this build folder of what it remembers.
function(_cudaenv_fresh out)
	if(CMAKE_VERSION VERSION_LESS 3.24)
		set(${out} "rm -r '${CMAKE_BINARY_DIR}/CMakeCache.txt' '${CMAKE_BINARY_DIR}/CMakeFiles', then configure again" PARENT_SCOPE)
	else()
		set(${out} "cmake --fresh -S '${CMAKE_SOURCE_DIR}' -B '${CMAKE_BINARY_DIR}'" PARENT_SCOPE)
	endif()
endfunction()

# The place that is settled already, if any, who settled it, and a sentence on what to do if it does not suit.
function(_cudaenv_settled place who advice)
	set(configured FALSE)
	if(EXISTS "${CMAKE_BINARY_DIR}/CMakeFiles/${CMAKE_VERSION}/CMakeCUDACompiler.cmake")
		set(configured TRUE)
	endif()
	_cudaenv_fresh(fresh)
	_cudaenv_is_users(users CMAKE_CUDA_COMPILER)
	set(at "")
	if(CMAKE_CUDA_COMPILER AND configured AND NOT users)
		set(at "${CMAKE_CUDA_COMPILER}")
		set(by "folder")
		set(say "this build folder was configured with it; to choose anew: ${fresh}")
	elseif(CMAKE_CUDA_COMPILER_LOADED)
		set(at "${CMAKE_CUDA_COMPILER}")
		set(by "project")
		set(say "project() has enabled CUDA with it, so that it is too late to choose: call find_package(CudaEnv) before project(), \
and type: ${fresh}; or give project() its compiler: cuenv gen toolchain")
	else()
		foreach(name CMAKE_CUDA_COMPILER CUDAToolkit_ROOT CUDA_TOOLKIT_ROOT_DIR)
			_cudaenv_is_users(users ${name})
			if(users AND NOT at)
				list(GET ${name} 0 at)
				set(by "${name}")
				set(say "${name} says so; to let cuenv choose: cmake -U${name} …")
			endif()
		endforeach()
		foreach(name CUDACXX CUDAToolkit_ROOT)
			if(NOT at AND NOT DEFINED CUDAENV_SPEC AND NOT "$ENV{${name}}" STREQUAL "")
				string(REGEX REPLACE "[ ;].*$" "" at "$ENV{${name}}")
				if(EXISTS "$ENV{${name}}")
					set(at "$ENV{${name}}")
				endif()
				set(by "the environment's ${name}")
				set(say "the environment's ${name} says so; to let cuenv choose: env -u ${name} cmake …")
			endif()
		endforeach()
	endif()
	if(at AND NOT IS_ABSOLUTE "${at}" AND NOT EXISTS "${CMAKE_BINARY_DIR}/${at}")
		find_program(_cudaenv_program NAMES "${at}")
		if(_cudaenv_program)
			set(at "${_cudaenv_program}")
		endif()
		unset(_cudaenv_program CACHE)
	endif()
	set(${place} "${at}" PARENT_SCOPE)
	set(${who} "${by}" PARENT_SCOPE)
	set(${advice} "${say}" PARENT_SCOPE)
endfunction()

# find_package's version in cuenv's words.
function(_cudaenv_within out)
	set(conditions ${CUDAENV_WITHIN})
	if(CudaEnv_FIND_VERSION_RANGE)
		if(CudaEnv_FIND_VERSION_RANGE_MAX STREQUAL "INCLUDE")
			list(APPEND conditions ">=${CudaEnv_FIND_VERSION_MIN}" "<=${CudaEnv_FIND_VERSION_MAX}")
		else()
			list(APPEND conditions ">=${CudaEnv_FIND_VERSION_MIN}" "<${CudaEnv_FIND_VERSION_MAX}")
		endif()
	elseif(CudaEnv_FIND_VERSION MATCHES "^([0-9.]*[0-9])[.][.][.]([0-9].*)$") # CMake 3.18 lets this pass as a version
		list(APPEND conditions ">=${CMAKE_MATCH_1}" "<=${CMAKE_MATCH_2}")
	elseif(CudaEnv_FIND_VERSION_EXACT)
		list(APPEND conditions "${CudaEnv_FIND_VERSION}")
	elseif(CudaEnv_FIND_VERSION)
		list(APPEND conditions ">=${CudaEnv_FIND_VERSION}")
	endif()
	list(JOIN conditions "," conditions)
	set(${out} "${conditions}" PARENT_SCOPE)
endfunction()

# Asks; answer is code, or reason says why there is none.
function(_cudaenv_ask place answer reason)
	set(words)
	if(place)
		list(APPEND words --at "${place}")
	endif()
	if(CUDAENV_SPEC)
		list(APPEND words "${CUDAENV_SPEC}")
	endif()
	_cudaenv_within(within)
	if(within)
		list(APPEND words --within "${within}")
	endif()
	list(JOIN CudaEnv_FIND_COMPONENTS "," components)
	if(components)
		list(APPEND words --components "${components}")
	endif()
	foreach(name CUDAENV_PYTHON Python_EXECUTABLE Python3_EXECUTABLE)
		if(${name})
			list(APPEND words --python "${${name}}")
			break()
		endif()
	endforeach()
	_cudaenv_is_users(users CMAKE_CUDA_HOST_COMPILER)
	if(NOT users AND NOT CMAKE_CUDA_COMPILER_LOADED AND "$ENV{CUDAHOSTCXX}$ENV{NVCC_CCBIN}" STREQUAL "")
		list(APPEND words --compiler)
	endif()
	_cudaenv_is_users(users CMAKE_CUDA_ARCHITECTURES)
	if("torch" IN_LIST CudaEnv_FIND_COMPONENTS OR NOT (users OR CMAKE_CUDA_COMPILER_LOADED OR DEFINED ENV{CUDAARCHS}))
		list(APPEND words --archs)
	endif()
	# The project's C++ compiler is the first that is thought of for nvcc.
	set(cxx "$ENV{CXX}")
	if(CMAKE_CXX_COMPILER)
		set(ENV{CXX} "${CMAKE_CXX_COMPILER}")
	endif()
	execute_process(COMMAND "${CUDAENV_EXECUTABLE}" cmake ${words} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
		OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE result TIMEOUT 60)
	if(CMAKE_CXX_COMPILER AND cxx STREQUAL "")
		unset(ENV{CXX})
	elseif(CMAKE_CXX_COMPILER)
		set(ENV{CXX} "${cxx}")
	endif()
	set(${answer} "" PARENT_SCOPE)
	string(LENGTH "${_cudaenv_marker}\n" length)
	string(SUBSTRING "${out}" 0 ${length} start)
	string(STRIP "${err}" err)
	if(result EQUAL 0 AND start STREQUAL "${_cudaenv_marker}\n")
		set(${answer} "${out}" PARENT_SCOPE)
	elseif(result MATCHES "^[12]$" AND NOT err MATCHES "no command|unknown option" AND err MATCHES "^cuenv: (.*)")
		set(${reason} "${CMAKE_MATCH_1}" PARENT_SCOPE)
	else()
		_cudaenv_stranger("${result}" "${err}" said)
		set(${reason} "${said}" PARENT_SCOPE)
	endif()
endfunction()

# What is to be said of a program that did not answer as this file expects.
function(_cudaenv_stranger result err out)
	execute_process(COMMAND "${CUDAENV_EXECUTABLE}" --version OUTPUT_VARIABLE version ERROR_QUIET RESULT_VARIABLE failed TIMEOUT 10)
	string(STRIP "${version}" version)
	if(NOT failed AND version MATCHES "^cuenv [0-9.]+$")
		set(say "${CUDAENV_EXECUTABLE} is ${version}, and this FindCudaEnv.cmake (${CMAKE_CURRENT_FUNCTION_LIST_FILE}) is of another \
one; use the two of one installation: cmake -DCUDAENV_EXECUTABLE=/path/to/bin/cuenv …")
	else()
		set(say "${CUDAENV_EXECUTABLE} is no cuenv (exit: ${result}); cmake -DCUDAENV_EXECUTABLE=/path/to/bin/cuenv …")
	endif()
	set(${out} "${say}" PARENT_SCOPE)
endfunction()

# What the user set beside the place that was taken, and means another toolkit.
function(_cudaenv_conflict root who out)
	_cudaenv_real(root "${root}")
	foreach(name CUDAToolkit_ROOT CUDA_TOOLKIT_ROOT_DIR)
		_cudaenv_is_users(users ${name})
		if(users AND NOT name STREQUAL who)
			list(GET ${name} 0 first)
			_cudaenv_real(real "${first}")
			string(FIND "${real}/" "${root}/" inside)
			if(NOT inside EQUAL 0)
				set(${out} "${CMAKE_CUDA_COMPILER} belongs to ${root}, and ${name} is ${${name}}; leave one out: cmake -U${name} …"
					PARENT_SCOPE)
			endif()
		endif()
	endforeach()
endfunction()

# A library; a stub's folder must never become part of an RPATH, as that of a file or of INTERFACE_LINK_DIRECTORIES would.
function(_cudaenv_library name library include)
	set(target CudaEnv::${name})
	get_filename_component(folder "${library}" DIRECTORY)
	get_filename_component(file "${library}" NAME_WE)
	string(REGEX REPLACE "^lib" "" file "${file}")
	set(includes ${CudaEnv_INCLUDE_DIRS} ${include})
	list(REMOVE_DUPLICATES includes)
	if(folder MATCHES "/stubs$")
		if(NOT TARGET ${target})
			add_library(${target} INTERFACE IMPORTED)
		endif()
		set_target_properties(${target} PROPERTIES INTERFACE_LINK_OPTIONS "-L${folder}" INTERFACE_LINK_LIBRARIES "${file}")
	else()
		if(NOT TARGET ${target})
			add_library(${target} UNKNOWN IMPORTED)
		endif()
		set_target_properties(${target} PROPERTIES IMPORTED_LOCATION "${library}")
		if(library MATCHES "_static[.]a$")
			set_target_properties(${target} PROPERTIES INTERFACE_LINK_LIBRARIES "dl;rt;pthread")
		endif()
	endif()
	set_target_properties(${target} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${includes}")
endfunction()

# A .cu has a standard of its own, which a project without CUDA may not ask for and whose 20 CMake gives to nvcc from 3.26 on.
function(_cudaenv_standard target standard)
	if(standard EQUAL 0)
		return()
	endif()
	set(features cxx_std_${standard})
	if(standard GREATER 17 AND CMAKE_VERSION VERSION_LESS 3.26)
		set_property(TARGET ${target} APPEND PROPERTY INTERFACE_COMPILE_OPTIONS "$<$<COMPILE_LANGUAGE:CUDA>:-std=c++${standard}>")
	else()
		list(APPEND features "$<$<CUDA_COMPILER_ID:NVIDIA,Clang>:cuda_std_${standard}>")
	endif()
	set_property(TARGET ${target} PROPERTY INTERFACE_COMPILE_FEATURES "${features}")
endfunction()

# What torch.utils.cpp_extension's CUDAExtension is compiled and linked with, but for cudart.
function(_cudaenv_torch)
	set(libraries)
	foreach(name c10 torch_cpu torch torch_python c10_cuda torch_cuda)
		if(EXISTS "${CudaEnv_TORCH_LIBRARY_DIR}/lib${name}.so")
			list(APPEND libraries "${CudaEnv_TORCH_LIBRARY_DIR}/lib${name}.so")
		endif()
	endforeach()
	if(NOT TARGET CudaEnv::torch)
		add_library(CudaEnv::torch INTERFACE IMPORTED)
	endif()
	set(options "$<$<COMPILE_LANGUAGE:CXX,CUDA>:${CudaEnv_TORCH_CXX_FLAGS}>" "$<$<COMPILE_LANGUAGE:CUDA>:${CudaEnv_TORCH_NVCC_FLAGS}>")
	set_target_properties(CudaEnv::torch PROPERTIES
		INTERFACE_INCLUDE_DIRECTORIES "${CudaEnv_TORCH_INCLUDE_DIRS};${CudaEnv_PYTHON_INCLUDE_DIR};${CudaEnv_INCLUDE_DIRS}"
		INTERFACE_COMPILE_OPTIONS "${options}"
		INTERFACE_LINK_LIBRARIES "${libraries}")
	_cudaenv_standard(CudaEnv::torch ${CudaEnv_TORCH_CXX_STANDARD})
endfunction()

function(_cudaenv_targets)
	set(own)
	foreach(name IN LISTS CudaEnv_FIND_COMPONENTS)
		if(name STREQUAL "torch" AND CudaEnv_torch_FOUND)
			_cudaenv_torch()
		elseif(CudaEnv_${name}_FOUND)
			_cudaenv_library(${name} "${CudaEnv_${name}_LIBRARY}" "${CudaEnv_${name}_INCLUDE_DIR}")
			list(APPEND own CudaEnv::${name})
		endif()
	endforeach()
	if(NOT TARGET CudaEnv::CudaEnv)
		add_library(CudaEnv::CudaEnv INTERFACE IMPORTED)
	endif()
	set_target_properties(CudaEnv::CudaEnv PROPERTIES
		INTERFACE_INCLUDE_DIRECTORIES "${CudaEnv_INCLUDE_DIRS}" INTERFACE_LINK_LIBRARIES "${own}")
endfunction()

# At the end of the directory's list, when all that may call CMake's own FindCUDAToolkit and FindCUDA has been called.
function(_cudaenv_compare root)
	_cudaenv_real(root "${root}")
	_cudaenv_fresh(fresh)
	foreach(name CUDAToolkit_BIN_DIR CUDA_CUDART CUDA_TOOLKIT_ROOT_DIR CUDA_NVCC_EXECUTABLE)
		if(${name} AND NOT ${name} MATCHES "NOTFOUND")
			_cudaenv_real(real "${${name}}")
			string(FIND "${real}/" "${root}/" inside)
			if(NOT inside EQUAL 0)
				message(WARNING "CudaEnv found ${root}, and CMake's own search another toolkit: ${name} is ${${name}}; "
					"what is built mixes the two. If an earlier configure left it: ${fresh}")
				break()
			endif()
		endif()
	endforeach()
	if(CMAKE_CROSSCOMPILING)
		message(WARNING "CudaEnv looked at this machine, and the project is cross-compiled, which it does not handle: "
			"set CMAKE_CUDA_COMPILER and CUDAToolkit_ROOT to the target's toolkit")
	endif()
endfunction()

# --- the module ------------------------------------------------------------------------------------------------------

foreach(_cudaenv_name VERSION ROOT_DIR NVCC INCLUDE_DIRS LIBRARY_DIRS HOST_COMPILER HOST_COMPILER_REASON ARCHITECTURES
		ARCHITECTURES_REASON TORCH_ARCH_LIST CHOICE_ROOT CHOICE_VERSION CHOICE_BY CHOICE_FAULT PYTHON PYTHON_INCLUDE_DIR CUENV_VERSION)
	unset(CudaEnv_${_cudaenv_name})
endforeach()
set(_cudaenv_reason "")
set(_cudaenv_answer "")

if(NOT CUDAENV_EXECUTABLE AND DEFINED ENV{CUDAENV_EXECUTABLE})
	set(CUDAENV_EXECUTABLE "$ENV{CUDAENV_EXECUTABLE}" CACHE FILEPATH "The cuenv that find_package(CudaEnv) asks" FORCE)
endif()
if(CMAKE_CROSSCOMPILING OR (CMAKE_SYSTEM_NAME AND NOT DEFINED PROJECT_NAME))
	set(_cudaenv_reason "cross-compiling is not handled: cuenv looks at the machine that it runs on. Set CMAKE_CUDA_COMPILER \
and CUDAToolkit_ROOT to the target's toolkit, and do without CudaEnv")
else()
	find_program(CUDAENV_EXECUTABLE NAMES cuenv HINTS "${CMAKE_CURRENT_LIST_DIR}/../../../bin"
		DOC "The cuenv that find_package(CudaEnv) asks")
	if(NOT CUDAENV_EXECUTABLE)
		set(_cudaenv_reason "cuenv, which it asks, is not on PATH. Build it from its source (cmake -S cuenv -B build && \
cmake --build build && cmake --install build --prefix ~/.local), or name it: cmake -DCUDAENV_EXECUTABLE=/path/to/bin/cuenv …")
	elseif(NOT EXISTS "${CUDAENV_EXECUTABLE}" OR IS_DIRECTORY "${CUDAENV_EXECUTABLE}")
		set(_cudaenv_reason "CUDAENV_EXECUTABLE is ${CUDAENV_EXECUTABLE}, and no program is there; \
cmake -DCUDAENV_EXECUTABLE=/path/to/bin/cuenv …, or -UCUDAENV_EXECUTABLE to search PATH again")
	endif()
endif()
if(NOT _cudaenv_reason)
	_cudaenv_settled(_cudaenv_place _cudaenv_who _cudaenv_advice)
	_cudaenv_ask("${_cudaenv_place}" _cudaenv_answer _cudaenv_reason)
	cmake_language(EVAL CODE "${_cudaenv_answer}")
	if(_cudaenv_reason AND _cudaenv_place)
		string(APPEND _cudaenv_reason "; ${_cudaenv_advice}")
	endif()
endif()
if(NOT _cudaenv_reason AND _cudaenv_place)
	_cudaenv_conflict("${CudaEnv_ROOT_DIR}" "${_cudaenv_who}" _cudaenv_reason)
	if(_cudaenv_reason)
		unset(CudaEnv_ROOT_DIR)
	endif()
endif()
foreach(_cudaenv_name IN LISTS CudaEnv_FIND_COMPONENTS)
	if(_cudaenv_answer AND CudaEnv_FIND_REQUIRED_${_cudaenv_name} AND NOT CudaEnv_${_cudaenv_name}_FOUND)
		string(APPEND _cudaenv_reason "${_cudaenv_name}: ${CudaEnv_${_cudaenv_name}_REASON}")
		if(_cudaenv_name STREQUAL "torch" AND _cudaenv_place AND NOT CudaEnv_torch_REASON MATCHES "CUDAENV_PYTHON")
			string(APPEND _cudaenv_reason "; ${_cudaenv_advice}")
		endif()
		string(APPEND _cudaenv_reason "\n      ")
	endif()
endforeach()
string(STRIP "${_cudaenv_reason}" _cudaenv_reason)

# "...12.4" means all of 12.4 to whoever writes it, and cuenv took it so; FPHSA would refuse 12.4.131.
set(_cudaenv_arguments)
if(NOT CMAKE_VERSION VERSION_LESS 3.19)
	set(_cudaenv_arguments HANDLE_VERSION_RANGE)
	if(CudaEnv_FIND_VERSION_RANGE_MAX STREQUAL "INCLUDE" AND CudaEnv_VERSION VERSION_GREATER CudaEnv_FIND_VERSION_MAX)
		set(CudaEnv_FIND_VERSION_MAX "${CudaEnv_VERSION}")
	endif()
endif()
set(CudaEnv_NOT_FOUND_MESSAGE "${_cudaenv_reason}") # for find_package, where this file comes by CudaEnvConfig.cmake
string(REPLACE ";" "\\\\;" _cudaenv_reason "${_cudaenv_reason}") # two calls in there take it for a list
find_package_handle_standard_args(CudaEnv REQUIRED_VARS CudaEnv_ROOT_DIR VERSION_VAR CudaEnv_VERSION HANDLE_COMPONENTS
	${_cudaenv_arguments} REASON_FAILURE_MESSAGE "${_cudaenv_reason}")

if(CudaEnv_FOUND)
	if(NOT CMAKE_CUDA_COMPILER_LOADED)
		_cudaenv_choose(CMAKE_CUDA_COMPILER FILEPATH "${CudaEnv_NVCC}" "CUDA compiler")
		_cudaenv_choose(CMAKE_CUDA_HOST_COMPILER FILEPATH "${CudaEnv_HOST_COMPILER}" "The C++ compiler that nvcc calls")
		if(NOT DEFINED ENV{CUDAARCHS})
			_cudaenv_choose(CMAKE_CUDA_ARCHITECTURES STRING "${CudaEnv_ARCHITECTURES}" "CUDA architectures")
		endif()
	endif()
	_cudaenv_choose(CUDAToolkit_ROOT PATH "${CudaEnv_ROOT_DIR}" "For FindCUDAToolkit")
	_cudaenv_choose(CUDA_TOOLKIT_ROOT_DIR PATH "${CudaEnv_ROOT_DIR}" "For FindCUDA, as in Caffe2")
	if(CudaEnv_torch_FOUND)
		if(NOT DEFINED TORCH_CUDA_ARCH_LIST AND NOT DEFINED ENV{TORCH_CUDA_ARCH_LIST} AND CudaEnv_TORCH_ARCH_LIST)
			set(TORCH_CUDA_ARCH_LIST "${CudaEnv_TORCH_ARCH_LIST}")
		endif()
		if(NOT Torch_DIR AND EXISTS "${CudaEnv_TORCH_CMAKE_DIR}/TorchConfig.cmake")
			set(Torch_DIR "${CudaEnv_TORCH_CMAKE_DIR}")
		endif()
	endif()
	_cudaenv_targets()
	set(_cudaenv_text "")
	if(_cudaenv_place AND CudaEnv_CHOICE_FAULT)
		set(_cudaenv_text "CUDA ${CudaEnv_VERSION} (${CudaEnv_ROOT_DIR}) is used (${_cudaenv_advice}), and what was chosen cannot be: \
${CudaEnv_CHOICE_FAULT}")
	elseif(_cudaenv_place AND CudaEnv_CHOICE_BY AND CudaEnv_CHOICE_ROOT AND NOT CudaEnv_CHOICE_ROOT STREQUAL CudaEnv_ROOT_DIR)
		set(_cudaenv_text "CUDA ${CudaEnv_VERSION} (${CudaEnv_ROOT_DIR}) is used, and ${CudaEnv_CHOICE_BY} chooses \
${CudaEnv_CHOICE_VERSION} (${CudaEnv_CHOICE_ROOT}): ${_cudaenv_advice}")
	endif()
	if(_cudaenv_text)
		if(_cudaenv_who MATCHES "^(folder|project)$")
			message(WARNING "${_cudaenv_text}")
		elseif(NOT CudaEnv_FIND_QUIETLY)
			message(STATUS "CudaEnv: ${_cudaenv_text}")
		endif()
	endif()
	if(CMAKE_VERSION VERSION_LESS 3.19)
		_cudaenv_compare("${CudaEnv_ROOT_DIR}")
	else()
		cmake_language(EVAL CODE "cmake_language(DEFER CALL _cudaenv_compare [==[${CudaEnv_ROOT_DIR}]==])")
	endif()
endif()
foreach(_cudaenv_name reason answer place who advice text arguments marker)
	unset(_cudaenv_${_cudaenv_name})
endforeach()
unset(_cudaenv_name)
