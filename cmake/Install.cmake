# What an installation holds, and the Debian package made of it: cpack --config build/release/CPackConfig.cmake
#   bin/grade                       the command
#   libexec/grade/labs/<id>/checks  each lab's checks (AddLab.cmake)
#   lib/grade/libgrade_schedule.so  the controlled scheduler's runtime, which submissions of thread labs are linked with
#   share/grade/                    the course: course.toml, labs and skeletons; no solutions, no sources of checks
install(TARGETS grade RUNTIME DESTINATION bin)
install(FILES course.toml README.md LICENSE DESTINATION share/grade)
install(DIRECTORY labs skeletons DESTINATION share/grade
        REGEX "/labs/[^/]+/(checks|right|wrong)$" EXCLUDE)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The grade authors <grade@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "g++, python3")  # submissions are compiled and run
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "similarity-tester")  # for grade similar
include(CPack)
