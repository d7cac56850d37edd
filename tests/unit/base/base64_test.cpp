#include "engine/base/base64.h"

#include <gtest/gtest.h>

namespace guildmark {
namespace {

TEST(Base64, is_refused_without_its_padding_and_in_other_spellings) {
    for (const char* text : {"Z",
                             "Zg",
                             "Zg=",
                             "Zh==",
                             "Zm9=",
                             "Zm9v=",
                             "Zm9v====",
                             "====",
                             "Zg==Zg==",
                             " Zm9v",
                             "Zm9v\n",
                             "Zm-v",
                             "Z=9v",
                             "\u00e9\u00e9"}) {
        const auto bytes = from_base64(text);
        EXPECT_FALSE(bytes) << text;
        EXPECT_EQ(bytes ? "" : bytes.error().code, "base64_malformed");
    }
}

/// RFC 4648, section 10.
TEST(Base64, is_as_the_standard_has_it) {
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text).value(), bytes);
    }
}

TEST(Base64, brings_back_every_byte) {
    std::string bytes;
    for (int size = 0; size < 300; ++size) {
        EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes);
        bytes += static_cast<char>(size % 7 == 0 ? 0 : size * 37);
    }
}

}  // namespace
}  // namespace guildmark
