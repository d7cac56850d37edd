# Every header compiles alone, whoever includes it first. One that has a source beside it is proven by
# that source, which includes it first (scripts/tidy sees to that); the others get a source of two
# lines here, the second of which proves that including it again changes nothing.

file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/engine/*.h
    ${CMAKE_SOURCE_DIR}/adapters/*.h
    ${CMAKE_SOURCE_DIR}/reports/*.h
    ${CMAKE_SOURCE_DIR}/api/*.h)
set(sources)
foreach(header ${headers})
    string(REGEX REPLACE "\\.h$" ".cpp" source ${header})
    if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${source})
        set(include "#include \"${header}\"\n")
        file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/headers/${source} CONTENT "${include}${include}" @ONLY)
        list(APPEND sources ${CMAKE_BINARY_DIR}/headers/${source})
    endif()
endforeach()
if(sources)
    add_library(headers_alone OBJECT ${sources})
    target_link_libraries(headers_alone PRIVATE guildmark_options fmt::fmt)
    target_compile_options(headers_alone PRIVATE -O0 -g0)
endif()
