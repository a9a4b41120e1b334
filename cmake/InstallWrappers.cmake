# Run by cmake --install: writes the shells' files, from ${WRAPPERS} to ${TO}, with the path that cuenv gets now. Only then
# --prefix is known.
get_filename_component(cuenv "${BINDIR}/cuenv" ABSOLUTE BASE_DIR "${CMAKE_INSTALL_PREFIX}")
foreach(wrapper IN LISTS WRAPPERS)
	get_filename_component(name ${wrapper} NAME)
	string(REGEX REPLACE ".*\\." "" shell ${name})
	file(READ "${wrapper}" text)
	string(REPLACE "@SHELL@" ${shell} text "${text}")
	string(REPLACE "@CUENV_QUOTED@" "${cuenv}" text "${text}")
	string(REPLACE "@CUENV@" "'${cuenv}'" text "${text}")
	file(WRITE "${TO}/${name}" "${text}")
endforeach()
