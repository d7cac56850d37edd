#include "web/assets.h"

#include <algorithm>
#include <string_view>

#include <gtest/gtest.h>

namespace guildmark::web {
namespace {

std::string_view text_of(const Asset& asset) {
    return {reinterpret_cast<const char*>(asset.bytes.data()), asset.bytes.size()};
}

TEST(WebAssets, are_not_found_under_a_path_that_none_has) {
    EXPECT_EQ(find_asset(""), nullptr);
    EXPECT_EQ(find_asset("/"), nullptr);
    EXPECT_EQ(find_asset("/index.html/"), nullptr);
    EXPECT_EQ(find_asset("/zzz"), nullptr);
}

TEST(WebAssets, are_each_found_under_their_path) {
    for (const Asset& asset : assets()) {
        EXPECT_EQ(find_asset(asset.path), &asset) << asset.path;
    }
}

TEST(WebAssets, carry_every_script_and_style_that_the_page_names) {
    const std::string_view html = text_of(page());
    std::size_t named = 0;
    for (std::size_t at = html.find("\"/"); at != html.npos; at = html.find("\"/", at + 1)) {
        const std::string_view path = html.substr(at + 1, html.find('"', at + 1) - at - 1);
        EXPECT_NE(find_asset(path), nullptr) << path;
        ++named;
    }
    EXPECT_GE(named, 4U);
}

TEST(WebAssets, name_nothing_of_another_origin_in_the_page) {
    EXPECT_EQ(text_of(page()).find("//"), std::string_view::npos);
}

TEST(WebAssets, are_compressed_with_gzip_and_have_an_etag) {
    for (const Asset& asset : assets()) {
        ASSERT_GE(asset.gzip.size(), 18U) << asset.path;
        EXPECT_EQ(asset.gzip[0], 0x1f) << asset.path;
        EXPECT_EQ(asset.gzip[1], 0x8b) << asset.path;
        EXPECT_EQ(asset.etag.size(), 32U) << asset.path;
        EXPECT_FALSE(asset.content_type.empty()) << asset.path;
    }
}

TEST(WebAssets, are_cached_forever_only_when_the_name_changes_with_the_content) {
    EXPECT_EQ(page().caching, Caching::revalidate);
    for (const Asset& asset : assets()) {
        EXPECT_EQ(asset.caching == Caching::forever, asset.path.starts_with("/assets/"))
            << asset.path;
    }
}

}  // namespace
}  // namespace guildmark::web
