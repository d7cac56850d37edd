#include "engine/base/ensure.h"

#include <cstdio>
#include <cstdlib>

#include "engine/base/result.h"

namespace guildmark {

void ensure_failed(const char* condition, const char* why, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: ensure failed: %s (%s)\n", file, line, why, condition);
    std::abort();
}

namespace {

Error make_error(ErrorKind kind, std::string code, std::string message, std::string subject) {
    Error error;
    error.kind = kind;
    error.code = std::move(code);
    error.message = std::move(message);
    error.subject = std::move(subject);
    return error;
}

}  // namespace

Error malformed(std::string code, std::string message, std::string subject) {
    return make_error(
        ErrorKind::malformed, std::move(code), std::move(message), std::move(subject));
}

Error refused(std::string code, std::string message, std::string subject) {
    return make_error(ErrorKind::refused, std::move(code), std::move(message), std::move(subject));
}

Error conflict(std::string code, std::string message, std::string subject) {
    return make_error(ErrorKind::conflict, std::move(code), std::move(message), std::move(subject));
}

Error forbidden(std::string code, std::string message, std::string subject) {
    return make_error(
        ErrorKind::forbidden, std::move(code), std::move(message), std::move(subject));
}

Error not_found(std::string code, std::string message, std::string subject) {
    return make_error(
        ErrorKind::not_found, std::move(code), std::move(message), std::move(subject));
}

Error too_large(std::string code, std::string message, std::string subject) {
    return make_error(
        ErrorKind::too_large, std::move(code), std::move(message), std::move(subject));
}

Error unavailable(std::string code, std::string message, std::string subject) {
    Error error =
        make_error(ErrorKind::unavailable, std::move(code), std::move(message), std::move(subject));
    error.retry = Retry::later;
    return error;
}

Error corrupted(std::string code, std::string message, std::string subject) {
    return make_error(
        ErrorKind::corrupted, std::move(code), std::move(message), std::move(subject));
}

Error failed(std::string code, std::string message, std::string subject) {
    return make_error(ErrorKind::failed, std::move(code), std::move(message), std::move(subject));
}

const char* to_text(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::malformed:
            return "malformed";
        case ErrorKind::unauthorized:
            return "unauthorized";
        case ErrorKind::forbidden:
            return "forbidden";
        case ErrorKind::not_found:
            return "not_found";
        case ErrorKind::conflict:
            return "conflict";
        case ErrorKind::too_large:
            return "too_large";
        case ErrorKind::refused:
            return "refused";
        case ErrorKind::unavailable:
            return "unavailable";
        case ErrorKind::corrupted:
            return "corrupted";
        case ErrorKind::failed:
            return "failed";
    }
    ENSURE(false, "an ErrorKind outside its enumeration");
}

}  // namespace guildmark
