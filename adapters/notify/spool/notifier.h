#pragma once

#include <memory>
#include <string>

#include "adapters/notify/spool/message.h"
#include "engine/ports/clock.h"
#include "engine/ports/notifier.h"

namespace guildmark {

/// Writes each message into a folder as one .eml file, from where people read it with a mail
/// program or a mail system collects it. The file's name comes from the message's key, so a
/// repetition takes the place of the first one.
///
/// Thread: any number at once.
class SpoolNotifier : public Notifier {
public:
    /// Opens the spool in `folder`, which is made when it is not there (its parent must be).
    /// `clock` gives the messages' dates and must outlive the spool.
    /// Errors: notifier_refused (the sender's address is not one), notifier_unavailable.
    static Result<std::unique_ptr<SpoolNotifier>> open(const std::string& folder,
                                                       spool::Sender sender,
                                                       Clock& clock);
    ~SpoolNotifier() override;

    Result<void> deliver(const Notification& notification) override;

private:
    struct State;
    explicit SpoolNotifier(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

namespace spool {

/// The file's name for a key: what of it is readable and harmless in a name, then part of its
/// digest.
[[nodiscard]] std::string file_name(std::string_view key);

}  // namespace spool

}  // namespace guildmark
