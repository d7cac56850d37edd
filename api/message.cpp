#include "api/message.h"

#include <algorithm>

#include "api/text.h"

namespace guildmark::api {
namespace {

constexpr std::size_t query_names_max = 100;

int hexadecimal_digit(char letter) {
    if (letter >= '0' && letter <= '9') {
        return letter - '0';
    }
    if (letter >= 'a' && letter <= 'f') {
        return letter - 'a' + 10;
    }
    return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
}

}  // namespace

std::optional<NamedTexts> form_of(std::string_view text) {
    NamedTexts query;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        std::string part(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part.empty()) {
            continue;
        }
        std::replace(part.begin(), part.end(), '+', ' ');
        const std::size_t equals = std::min(part.find('='), part.size());
        auto name = percent_decoded(std::string_view(part).substr(0, equals));
        auto value =
            percent_decoded(std::string_view(part).substr(std::min(equals + 1, part.size())));
        if (!name || !value || query.size() == query_names_max) {
            return std::nullopt;
        }
        query.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

const char* to_text(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::delete_:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            return "OTHER";
    }
    return "OTHER";
}

const std::string* find_text(const NamedTexts& texts, std::string_view name) {
    for (const auto& [other, value] : texts) {
        if (other == name) {
            return &value;
        }
    }
    return nullptr;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t index = 0; index < text.size(); ++index) {
        char letter = text[index];
        if (letter == '%') {
            if (index + 2 >= text.size()) {
                return std::nullopt;
            }
            const int high = hexadecimal_digit(text[index + 1]);
            const int low = hexadecimal_digit(text[index + 2]);
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            letter = static_cast<char>(high * 16 + low);
            index += 2;
        }
        if (letter == '\0') {
            return std::nullopt;
        }
        decoded.push_back(letter);
    }
    if (!is_utf8(decoded)) {
        return std::nullopt;
    }
    return decoded;
}

std::optional<Request> request_of_target(std::string_view target) {
    if (target.empty() || target.front() != '/') {
        return std::nullopt;
    }
    for (const char letter : target) {
        if (letter <= ' ' || letter == '\x7f' || letter == '#' || letter == '\\') {
            return std::nullopt;
        }
    }
    Request request;
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    if (!percent_decoded(request.path)) {
        return std::nullopt;
    }
    auto query = form_of(target.substr(std::min(question + 1, target.size())));
    if (!query) {
        return std::nullopt;
    }
    request.query = std::move(*query);
    return request;
}

std::optional<std::string> cookie_of(const Request& request, std::string_view name) {
    const std::string* header = request.find_header("cookie");
    if (header == nullptr) {
        return std::nullopt;
    }
    std::string_view rest = *header;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view part = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t equals = part.find('=');
        if (equals != std::string_view::npos && part.substr(0, equals) == name) {
            return std::string(part.substr(equals + 1));
        }
    }
    return std::nullopt;
}

}  // namespace guildmark::api
