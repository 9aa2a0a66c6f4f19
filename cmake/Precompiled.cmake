# Tests and checks wait for sandboxes most of their time, and building them is most of a build. So they are compiled
# quickly, and the headers that nearly all of them include are parsed once: parsing GoogleTest takes longer than
# compiling what is written with it.
add_library(grade_quick_build INTERFACE)
target_compile_options(grade_quick_build INTERFACE -O0 -g1)
# The grader's own folders are compiled as CMAKE_BUILD_TYPE says. Above -O1 GCC 12 warns, with a precompiled header, of
# bounds of arrays that do not exist.
add_library(grade_folder_build INTERFACE)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
  foreach(build IN ITEMS grade_quick_build grade_folder_build)
    target_compile_options(${build} INTERFACE -fpch-preprocess)  # lets ccache see through precompiled headers
  endforeach()
endif()

# grade_precompiled(<name> BUILD <grade_quick_build|grade_folder_build> HEADERS <header>... LINK <target>...)
# Makes a target whose precompiled headers others reuse: target_precompile_headers(<other> REUSE_FROM <name>).
function(grade_precompiled name)
  cmake_parse_arguments(arg "" "BUILD" "HEADERS;LINK" ${ARGN})
  set(source "${PROJECT_BINARY_DIR}/${name}.cc")
  file(CONFIGURE OUTPUT "${source}" CONTENT "// Made by CMake: the owner of a precompiled header.\n" @ONLY)
  add_library(${name} STATIC "${source}")
  target_link_libraries(${name} PRIVATE ${arg_LINK} grade_warnings ${arg_BUILD})
  target_precompile_headers(${name} PRIVATE ${arg_HEADERS})
endfunction()
