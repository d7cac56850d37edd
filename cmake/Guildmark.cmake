# The project's few build rules: warnings are errors, one library a folder, private third parties.

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(GUILDMARK_CCACHE ccache)
    if(GUILDMARK_CCACHE)
        # Paths are made relative and debug directories left out of the hash, so that a second
        # checkout of the same source is compiled from the cache.
        set(CMAKE_CXX_COMPILER_LAUNCHER
            ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${GUILDMARK_CCACHE})
        set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
    endif()
endif()

# A hidden knob of the sanitizer presets.
set(GUILDMARK_SANITIZE "" CACHE STRING "Sanitizers, such as address,undefined or thread")

# Sources of a library or a test compiled several at once, which halves the time of a first build: most of it
# goes into headers and templates that they share. Presets for development compile each alone, so
# that a source which includes too little is found, and a change costs one file.
option(GUILDMARK_TOGETHER "Compile the sources of a library or a test together" OFF)
set(GUILDMARK_TOGETHER_MAX 12)
set(GUILDMARK_SANITIZED_TOGETHER_MAX 24)
if(GUILDMARK_TOGETHER AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # It warns of types that a header would show to other sources, and takes a source for a header.
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage>)
endif()

set(GUILDMARK_WARNINGS
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2 -Wcast-qual -Wundef -Wextra-semi
    -Wmissing-declarations -Wswitch-enum)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND GUILDMARK_WARNINGS -Wduplicated-cond -Wduplicated-branches -Wlogical-op)
endif()

add_library(guildmark_options INTERFACE)
target_include_directories(guildmark_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(guildmark_options INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:${GUILDMARK_WARNINGS}>
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CONFIG:Debug>>:-D_GLIBCXX_ASSERTIONS>)
if(GUILDMARK_SANITIZE)
    target_compile_options(guildmark_options INTERFACE
        -fsanitize=${GUILDMARK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(guildmark_options INTERFACE -fsanitize=${GUILDMARK_SANITIZE})
    if(GUILDMARK_SANITIZE MATCHES "thread")
        # What the sanitizer adds after a call that does not return hides that it does not.
        target_compile_options(guildmark_options INTERFACE -Wno-tsan -Wno-return-type)
    endif()
endif()

# guildmark_library(NAME SOURCES... [PUBLIC targets...] [PRIVATE targets...])
# PUBLIC: libraries of ours whose headers this one's headers include. PRIVATE: everything else,
# third parties above all, so that a forbidden include does not compile.
function(guildmark_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES
        UNITY_BUILD ${GUILDMARK_TOGETHER} UNITY_BUILD_BATCH_SIZE ${GUILDMARK_TOGETHER_MAX})
    target_link_libraries(${name} PUBLIC guildmark_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

# guildmark_interface(NAME [PUBLIC targets...]): a folder of headers only.
function(guildmark_interface name)
    cmake_parse_arguments(arg "" "" "PUBLIC" ${ARGN})
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE guildmark_options ${arg_PUBLIC})
endfunction()

# guildmark_test(NAME SOURCES... LINK targets...): one binary, many tests, one CTest entry a test.
function(guildmark_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES
        UNITY_BUILD ${GUILDMARK_TOGETHER} UNITY_BUILD_BATCH_SIZE ${GUILDMARK_TOGETHER_MAX})
    target_link_libraries(${name} PRIVATE guildmark_options ${arg_LINK} GTest::gtest GTest::gtest_main)
    # What is tested is as users run it; the tests' own code compiles a third faster so.
    target_compile_options(${name} PRIVATE "$<$<CONFIG:RelWithDebInfo>:-O0;-g0>")
    target_compile_definitions(${name} PRIVATE GUILDMARK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name})
endfunction()

function(guildmark_add_subdirectory_if_present folder)
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
        add_subdirectory(${folder})
    endif()
endfunction()
