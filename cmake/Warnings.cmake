# The one place of compiler warnings: every target of ours links grade_warnings.
add_library(grade_warnings INTERFACE)
target_compile_features(grade_warnings INTERFACE cxx_std_20)
target_compile_options(grade_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Wno-missing-field-initializers $<$<BOOL:${GRADE_WERROR}>:-Werror>)
