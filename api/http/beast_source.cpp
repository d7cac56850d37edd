// Asio and Beast themselves, compiled here once; the other files of this folder see declarations.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
