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
  add_executable(${lab}-checks ${sources})
  target_link_libraries(${lab}-checks PRIVATE grader::checks grade_warnings)
  set_target_properties(${lab}-checks PROPERTIES OUTPUT_NAME checks
                        RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/labs/${lab}")
endfunction()
