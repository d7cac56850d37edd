#include "adapters/script/mailbox.h"

#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

namespace guildmark::script {
namespace {

class MailboxTest : public testing::Test {
protected:
    void SetUp() override {
        const int fd = open_mailboxes();
        ASSERT_GE(fd, 0);
        mine = map_mailboxes(fd);
        theirs = map_mailboxes(fd);
        EXPECT_NE(ftruncate(fd, 0), 0) << "who shrinks the file makes every access of others fail";
        close(fd);
        ASSERT_TRUE(mine && theirs);
    }

    MappedMailboxes mine;
    MappedMailboxes theirs;
};

TEST_F(MailboxTest, cannot_be_mapped_without_a_file) {
    EXPECT_EQ(map_mailboxes(-1), nullptr);
}

TEST_F(MailboxTest, refuses_what_is_too_long_and_takes_what_just_fits) {
    EXPECT_FALSE(mine->requests.put(std::string(Mailbox::message_bytes_max + 1, 'a')));
    EXPECT_EQ(theirs->requests.take(), std::nullopt);
    const std::string longest(Mailbox::message_bytes_max, 'a');
    EXPECT_TRUE(mine->requests.put(longest));
    EXPECT_EQ(theirs->requests.take(), longest);
}

TEST_F(MailboxTest, keeps_a_message_until_it_is_taken) {
    EXPECT_TRUE(mine->requests.put("first"));
    EXPECT_FALSE(mine->requests.put("second"));
    EXPECT_EQ(theirs->requests.take(), "first");
    EXPECT_EQ(theirs->requests.take(), std::nullopt);
    EXPECT_TRUE(mine->requests.put(""));
    EXPECT_EQ(theirs->requests.take(), "");
}

TEST_F(MailboxTest, refuses_messages_to_who_sleeps) {
    EXPECT_TRUE(theirs->answers.begin_sleep());
    EXPECT_FALSE(mine->answers.put("unheard"));
    theirs->answers.end_sleep();
    EXPECT_EQ(theirs->answers.take(), std::nullopt);
    EXPECT_TRUE(mine->answers.put("heard"));
    EXPECT_FALSE(theirs->answers.begin_sleep());
    EXPECT_EQ(theirs->answers.take(), "heard");
}

TEST_F(MailboxTest, takes_no_more_than_it_holds_from_a_hostile_side) {
    for (std::size_t at = 0; at < sizeof(Mailbox); ++at) {
        reinterpret_cast<char*>(&theirs->answers)[at] = '\xff';
    }
    EXPECT_FALSE(mine->answers.begin_sleep());
    const std::optional<std::string> taken = mine->answers.take();
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->size(), Mailbox::message_bytes_max);
    EXPECT_EQ(mine->answers.take(), std::nullopt);
}

/// Until there is one, and leaving the processor to who shall put it there.
std::string taken_from(Mailbox& mailbox) {
    std::optional<std::string> message = mailbox.take();
    while (!message) {
        std::this_thread::yield();
        message = mailbox.take();
    }
    return *message;
}

TEST_F(MailboxTest, loses_none_of_many_messages_between_two_threads) {
    constexpr int count = 5'000;
    std::thread other([this] {
        for (int at = 0; at < count; ++at) {
            ASSERT_TRUE(theirs->answers.put(taken_from(theirs->requests) + "!"));
        }
    });
    int right = 0;
    for (int at = 0; at < count; ++at) {
        const std::string request = std::to_string(at);
        ASSERT_TRUE(mine->requests.put(request));
        right += taken_from(mine->answers) == request + "!" ? 1 : 0;
    }
    other.join();
    EXPECT_EQ(right, count);
}

}  // namespace
}  // namespace guildmark::script
