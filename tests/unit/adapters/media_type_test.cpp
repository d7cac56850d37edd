#include <filesystem>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/media_type/detector.h"
#include "adapters/media_type/refine.h"
#include "tests/support/temporary_folder.h"

namespace guildmark {
namespace {

constexpr const char* docx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr const char* xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string detect(std::string_view head, std::string_view name) {
    return MediaTypes::open().value()->detect(head, name);
}

TEST(MediaTypes, do_not_believe_a_name_that_the_bytes_contradict) {
    EXPECT_EQ(detect("%PDF-1.7\n1 0 obj\n", "report.docx"), "application/pdf");
    constexpr char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06";
    EXPECT_EQ(detect(std::string_view(png, sizeof png), "photo.pdf"), "image/png");
    EXPECT_EQ(detect("just some words\n", "photo.png"), "text/plain");
    EXPECT_EQ(detect("just some words\n", "letter.docx"), "text/plain");
    EXPECT_EQ(detect("\x7f"
                     "ELF\x02\x01\x01",
                     "policy.pdf"),
              "application/octet-stream");
}

TEST(MediaTypes, say_when_they_cannot_tell) {
    EXPECT_EQ(detect("", "empty.pdf"), "application/octet-stream");
    EXPECT_EQ(detect(std::string_view("\0\1\2\3\4", 5), "measured.dat"),
              "application/octet-stream");
}

TEST(MediaTypes, tell_the_kinds_of_text_apart_by_name) {
    EXPECT_EQ(detect("a,b\n1,2\n3,4\n", "list.csv"), "text/csv");
    EXPECT_EQ(detect("name;value\nMM-013;0,02\n", "list.CSV"), "text/csv");
    EXPECT_EQ(detect("Prüfmittel und Geräte\n", "notes.txt"), "text/plain");
    EXPECT_EQ(detect("# Title\n\nwords\n", "README.md"), "text/markdown");
    EXPECT_EQ(detect("{\"a\": 1}\n", "data.json"), "application/json");
    EXPECT_EQ(detect("<?xml version=\"1.0\"?>\n<a/>\n", "data.xml"), "application/xml");
    EXPECT_EQ(
        detect("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n", "a.svg"),
        "image/svg+xml");
    EXPECT_EQ(detect("#include <stdio.h>\nint main() {}\n", "how we measure.txt"), "text/plain");
}

TEST(MediaTypes, tell_the_samples_documents) {
    const auto types = MediaTypes::open().value();
    const std::vector<std::pair<std::string, std::string>> expected = {{".pdf", "application/pdf"},
                                                                       {".docx", docx},
                                                                       {".xlsx", xlsx},
                                                                       {".png", "image/png"},
                                                                       {".csv", "text/csv"},
                                                                       {".jpg", "image/jpeg"}};
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             std::string(GUILDMARK_SOURCE_DIR) + "/samples/brenner/documents")) {
        for (const auto& [ending, type] : expected) {
            if (entry.path().extension() == ending) {
                const std::string bytes = tests::read_file(entry.path().string());
                const std::string head = bytes.substr(0, 64u << 10);
                EXPECT_EQ(types->detect(head, entry.path().filename().string()), type)
                    << entry.path();
                ++seen;
            }
        }
    }
    EXPECT_GE(seen, 10u);
}

TEST(MediaTypes, serve_several_threads_at_once) {
    const auto types = MediaTypes::open().value();
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&types] {
            for (int round = 0; round < 100; ++round) {
                EXPECT_EQ(types->detect("%PDF-1.4\n", "a"), "application/pdf");
                EXPECT_EQ(types->detect("words\n", "a"), "text/plain");
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

TEST(RefinedMediaTypes, look_at_the_name_only_within_one_form) {
    using media_type::refine;
    EXPECT_EQ(refine("application/zip", "a.docx"), docx);
    EXPECT_EQ(refine("application/zip", "a.XLSX"), xlsx);
    EXPECT_EQ(refine("application/zip", "a.odt"), "application/vnd.oasis.opendocument.text");
    EXPECT_EQ(refine("application/zip", "a.doc"), "application/zip");
    EXPECT_EQ(refine("application/zip", "a"), "application/zip");
    EXPECT_EQ(refine("application/zip", "docx"), "application/zip");
    EXPECT_EQ(refine("application/CDFV2", "a.xls"), "application/vnd.ms-excel");
    EXPECT_EQ(refine("application/x-ole-storage", "a.docx"), "application/x-ole-storage");
    EXPECT_EQ(refine("application/csv", "a"), "text/csv");
    EXPECT_EQ(refine("text/html", "a.csv"), "text/html");
    EXPECT_EQ(refine("image/png", "a.docx"), "image/png");
    EXPECT_EQ(refine("", "a.docx"), "application/octet-stream");
}

}  // namespace
}  // namespace guildmark
