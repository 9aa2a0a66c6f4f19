# discover_labs(): adds every labs/<id>/ that has a lab.toml; nothing central lists the labs.
# Each becomes one trusted executable, labs/<id>/checks, from labs/<id>/checks/*.cc.
function(discover_labs)
  file(GLOB lab_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/labs/*/lab.toml")
  foreach(lab_file IN LISTS lab_files)
    get_filename_component(lab_folder "${lab_file}" DIRECTORY)
    get_filename_component(lab "${lab_folder}" NAME)
    add_lab(${lab} "${lab_folder}")
  endforeach()
endfunction()

function(add_lab lab folder)
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/checks/*.cc")
  if(NOT sources)
    message(STATUS "${lab} has no checks yet (${folder}/checks/*.cc): it cannot be graded")
    return()
  endif()
  add_executable(${lab}-checks ${sources})
  target_link_libraries(${lab}-checks PRIVATE grader::checks_main grade_warnings grade_quick_build)
  target_precompile_headers(${lab}-checks REUSE_FROM grade_check_headers)
  set_target_properties(${lab}-checks PROPERTIES OUTPUT_NAME checks
                        RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/labs/${lab}")
  install(TARGETS ${lab}-checks RUNTIME DESTINATION libexec/grade/labs/${lab})
  if(GRADE_TESTS)
    add_lab_tests(${lab})
  endif()
endfunction()

# add_lab_tests(<lab>): proves the verdicts of the lab, on its reference, skeleton, right and wrong submissions, the
# wrong ones by the checks that must find them, until each check has found something. The long run judges all of them by
# all checks, 200 times, and exists only for ctest -C soak (tests/run --soak).
function(add_lab_tests lab)
  set(test lab.${lab})
  add_test(NAME ${test} COMMAND grade check-labs --named --once ${lab} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${test} PROPERTIES LABELS labs TIMEOUT 1800 COST 100 PROCESSORS 2)  # it grades two at a time
  add_test(NAME ${test}.soak COMMAND grade check-labs --repeat 200 ${lab} CONFIGURATIONS soak
           WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${test}.soak PROPERTIES LABELS soak TIMEOUT 36000 RUN_SERIAL ON)
endfunction()
