#include <filesystem>

#include <gtest/gtest.h>

#include "adapters/notify/spool/notifier.h"
#include "engine/base/digest.h"
#include "tests/support/temporary_folder.h"

namespace guildmark {
namespace {

class FixedClock : public Clock {
public:
    Instant now() override { return Instant::parse("2026-03-02T09:00:00Z").value(); }
};

class Spool : public testing::Test {
protected:
    Notification message(std::string subject = "A task waits for you") {
        return {"notify:0001:anna",
                "Anna Brenner",
                "anna@brenner.test",
                std::move(subject),
                "Dear Anna,\nyour answer is awaited.\n"};
    }

    std::string only_file() {
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path("spool"))) {
            return tests::read_file(entry.path().string());
        }
        return "";
    }

    std::string code_of(const Notification& notification) {
        const auto delivered = spool_->deliver(notification);
        return delivered ? "none" : delivered.error().code;
    }

    tests::TemporaryFolder folder_;
    FixedClock clock_;
    std::unique_ptr<SpoolNotifier> spool_ =
        SpoolNotifier::open(folder_.path("spool"), {"Guildmark", "no-reply@mark.test"}, clock_)
            .value();
};

TEST_F(Spool, refuses_what_is_no_address) {
    for (const char* email : {"",
                              "anna",
                              "@brenner.test",
                              "anna@",
                              "anna@brenner.test, eve@x.test",
                              "anna@brenner.test\r\nBcc: eve@x.test",
                              "anna@brenner.test\n",
                              "Anna <anna@brenner.test>",
                              "anna@bren\tner.test",
                              "änna@brenner.test",
                              "anna@b@c"}) {
        Notification notification = message();
        notification.to_email = email;
        EXPECT_EQ(code_of(notification), "notifier_refused") << email;
    }
    EXPECT_EQ(folder_.count_files(), 0u);
    EXPECT_FALSE(SpoolNotifier::open(folder_.path("other"), {"", "nobody"}, clock_));
}

TEST_F(Spool, says_when_its_folder_is_gone) {
    std::filesystem::remove(folder_.path("spool"));
    const auto delivered = spool_->deliver(message());
    ASSERT_FALSE(delivered);
    EXPECT_EQ(delivered.error().code, "notifier_unavailable");
    EXPECT_EQ(delivered.error().retry, Retry::later);
}

TEST_F(Spool, writes_a_message_that_mail_programs_read) {
    ASSERT_TRUE(spool_->deliver(message()));
    EXPECT_EQ(only_file(),
              "From: \"Guildmark\"\r\n <no-reply@mark.test>\r\n"
              "To: \"Anna Brenner\"\r\n <anna@brenner.test>\r\n"
              "Date: Mon, 02 Mar 2026 09:00:00 +0000\r\n"
              "Message-ID: <" +
                  sha256("notify:0001:anna").to_text().substr(0, 32) +
                  "@mark.test>\r\n"
                  "Subject: A task waits for you\r\n"
                  "MIME-Version: 1.0\r\n"
                  "Content-Type: text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: 7bit\r\n"
                  "\r\n"
                  "Dear Anna,\r\nyour answer is awaited.\r\n");
}

TEST_F(Spool, never_lets_a_subject_or_a_name_become_a_header) {
    for (const char* hostile : {"x\r\nBcc: eve@x.test",
                                "x\nBcc: eve@x.test",
                                "x\rBcc: eve@x.test",
                                "质量\r\nBcc: eve@x.test",
                                "\" <eve@x.test>, \"",
                                "x\r\n\r\nbody"}) {
        Notification notification = message(hostile);
        notification.to_name = hostile;
        ASSERT_TRUE(spool_->deliver(notification));
        const std::string text = only_file();
        EXPECT_EQ(text.find("\nBcc:"), std::string::npos) << text;
        EXPECT_EQ(text.find("\n\r\n"), text.find("\n\r\nDear Anna,")) << text;
        EXPECT_EQ(text.find("\r\n <eve@x.test>"), std::string::npos) << text;
    }
}

TEST_F(Spool, encodes_subjects_of_any_language_in_words_that_end_between_characters) {
    ASSERT_TRUE(spool_->deliver(message("a审核计划已经准备好，请在下周五之前确认日期")));
    EXPECT_NE(
        only_file().find(
            "Subject: =?UTF-8?B?YeWuoeaguOiuoeWIkuW3sue7j+WHhuWkh+Wlve+8jOivt+WcqOS4i+WRqA==?=\r\n"
            " =?UTF-8?B?5LqU5LmL5YmN56Gu6K6k5pel5pyf?=\r\n"),
        std::string::npos)
        << only_file();
}

TEST_F(Spool, leaves_a_readable_body_readable) {
    Notification notification = message();
    notification.body = "Grüße\r\naus\rder\nPrüfung";
    ASSERT_TRUE(spool_->deliver(notification));
    EXPECT_NE(only_file().find("8bit\r\n\r\nGrüße\r\naus\r\nder\r\nPrüfung\r\n"),
              std::string::npos);
}

TEST_F(Spool, encodes_a_body_that_mail_does_not_carry_as_it_is) {
    for (const std::string& body :
         {std::string(999, 'x'), std::string("a\xff"), std::string(1, '\0')}) {
        Notification notification = message();
        notification.body = body;
        ASSERT_TRUE(spool_->deliver(notification));
        EXPECT_NE(only_file().find("base64\r\n\r\n"), std::string::npos);
        EXPECT_EQ(only_file().find(body), std::string::npos);
    }
}

TEST_F(Spool, puts_a_repetition_in_the_place_of_the_first) {
    ASSERT_TRUE(spool_->deliver(message()));
    ASSERT_TRUE(spool_->deliver(message("The same, again")));
    EXPECT_EQ(folder_.count_files(), 1u);
    EXPECT_NE(only_file().find("The same, again"), std::string::npos);
}

TEST_F(Spool, keeps_messages_apart_whose_keys_look_alike_as_names) {
    for (const char* key : {"a/b", "a:b", "a b", "../../etc/passwd", ".", ""}) {
        Notification notification = message();
        notification.key = key;
        ASSERT_TRUE(spool_->deliver(notification)) << key;
    }
    EXPECT_EQ(folder_.count_files(), 6u);
    EXPECT_EQ(spool::file_name("../../etc/passwd").find('/'), std::string::npos);
}

}  // namespace
}  // namespace guildmark
