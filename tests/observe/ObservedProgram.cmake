# observed_program(<name> <folder>/<source> [<option>...])
# Builds a tiny program that tests observe, into OBSERVED_PROGRAMS, as a student would: from its own folder, with debug
# information and without optimisation unless an option says otherwise. Warnings are off: many are wrong on purpose.
set(OBSERVED_PROGRAMS "${CMAKE_CURRENT_BINARY_DIR}/programs")
file(MAKE_DIRECTORY "${OBSERVED_PROGRAMS}")
function(observed_program name source)
  get_filename_component(folder "${CMAKE_CURRENT_SOURCE_DIR}/programs/${source}" DIRECTORY)
  get_filename_component(file "${source}" NAME)
  add_custom_command(
    OUTPUT "${OBSERVED_PROGRAMS}/${name}"
    COMMAND "${CMAKE_CXX_COMPILER}" -std=c++20 -g -w -pthread ${ARGN} "${file}" -o "${OBSERVED_PROGRAMS}/${name}"
    DEPENDS "${folder}/${file}"
    WORKING_DIRECTORY "${folder}"
    VERBATIM)
  set_property(DIRECTORY APPEND PROPERTY OBSERVED_PROGRAM_FILES "${OBSERVED_PROGRAMS}/${name}")
endfunction()
