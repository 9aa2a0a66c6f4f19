# grader_folder(<name> SOURCES <file>... [PUBLIC <target>...] [PRIVATE <target>...])
# Makes the static library grader_<name>, alias grader::<name>, from grader/<name>/. Includes are written from the
# repository's root: #include "grader/os/fd.h".
function(grader_folder name)
  cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(grader_${name} STATIC ${arg_SOURCES})
  add_library(grader::${name} ALIAS grader_${name})
  target_include_directories(grader_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(grader_${name} PUBLIC ${arg_PUBLIC} PRIVATE grade_warnings ${arg_PRIVATE})
  target_compile_features(grader_${name} PUBLIC cxx_std_20)
endfunction()

# grader_test(<name> SOURCES <file>... [LINK <target>...] [LABELS <label>])
# A GoogleTest executable whose tests ctest lists one by one, labelled unit unless told otherwise.
function(grader_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} grade_warnings GTest::gmock GTest::gtest_main)
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300)
endfunction()
include(GoogleTest)
