#include "engine/certificate/checkpoint.h"

#include <gtest/gtest.h>

#include "engine/base/base64.h"
#include "engine/base/limits.h"
#include "tests/support/one_key.h"

namespace guildmark {
namespace {

using tests::OneKey;

class SignedCheckpoint : public testing::Test {
protected:
    std::string code_of(const std::string& note) {
        const auto read = read_checkpoint(note, {signer_.key}, checker_);
        return read ? std::string() : read.error().code;
    }

    OneKey signer_{7};
    sodium::Checker checker_;
    Checkpoint checkpoint_{"bees.example/api/v1/log", 1'234'567, sha256("root")};
    std::string note_ = sign_checkpoint(checkpoint_, signer_).value();
};

TEST_F(SignedCheckpoint, is_refused_when_a_line_is_missing_or_is_not_as_it_should_be) {
    const std::string root = to_base64(std::string(32, 'r'));
    const std::string signature = "\n\u2014 x " + to_base64(std::string(68, 's')) + "\n";
    for (const std::string& text : {std::string(),
                                    std::string("\n\n"),
                                    "x\n1\n" + root,
                                    "x\n1\n" + root + "\n",
                                    "x\n01\n" + root + "\n" + signature,
                                    "x\n-1\n" + root + "\n" + signature,
                                    "x\n18446744073709551616\n" + root + "\n" + signature,
                                    "\n1\n" + root + "\n" + signature,
                                    "x\n1\n" + root.substr(4) + "\n" + signature,
                                    "x\n1\n" + root + "\n\nx " + root + "\n",
                                    "x\n1\n" + root + "\n\n\u2014 x \n",
                                    "x\n1\n" + root + "\n\n\u2014  " + root + "\n"}) {
        EXPECT_EQ(code_of(text), "checkpoint_malformed") << text;
    }
}

TEST_F(SignedCheckpoint, is_bounded) {
    const std::string witness = "\u2014 w " + to_base64(std::string(68, 'w')) + "\n";
    std::string note = note_;
    while (note.size() + witness.size() <= limits::checkpoint_bytes_max) {
        note += witness;
    }
    EXPECT_EQ(code_of(note), "");
    EXPECT_EQ(code_of(note + witness), "checkpoint_malformed");
}

TEST_F(SignedCheckpoint, by_a_key_that_is_not_trusted_or_not_any_more_is_refused) {
    EXPECT_EQ(read_checkpoint(note_, {OneKey(8).key}, checker_).error().code, "key_not_trusted");
    signer_.key.state = KeyState::retired;
    EXPECT_EQ(code_of(note_), "");
    signer_.key.state = KeyState::compromised;
    EXPECT_EQ(code_of(note_), "key_compromised");
}

TEST_F(SignedCheckpoint, does_not_hold_when_any_character_was_changed) {
    ASSERT_EQ(code_of(note_), "");
    for (std::size_t place = 0; place + 1 < note_.size(); ++place) {
        std::string changed = note_;
        changed[place] = changed[place] == '1' ? '2' : '1';
        EXPECT_NE(code_of(changed), "") << place;
    }
}

TEST_F(SignedCheckpoint, tells_how_the_log_stood_whoever_else_has_signed_it) {
    EXPECT_EQ(read_checkpoint(note_, {signer_.key}, checker_).value(), checkpoint_);
    const std::size_t signatures = note_.find("\n\n") + 2;
    std::string witnessed = note_;
    witnessed.insert(signatures,
                     "\u2014 witness.example " + to_base64(std::string(76, 'w')) + "\n");
    EXPECT_EQ(read_checkpoint(witnessed, {signer_.key}, checker_).value(), checkpoint_);
}

/// The example in the documentation of Go's package for signed notes.
TEST(NoteKey, is_named_as_other_programs_name_it) {
    const std::string bytes =
        from_base64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").value().substr(1);
    PublicKeyBytes key{};
    std::ranges::copy(bytes, key.begin());
    EXPECT_EQ(verifier_key("PeterNeumann", key),
              "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
}

}  // namespace
}  // namespace guildmark
