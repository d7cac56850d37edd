#pragma once

#include <memory>

#include "engine/ports/evidence_source.h"

namespace guildmark {

/// Tells media types by libmagic, and by the name's ending only where the bytes leave it open.
///
/// Thread: any number at once; they take turns.
class MediaTypes : public MediaTypeDetector {
public:
    /// Errors: media_types_unavailable (libmagic's database is not there).
    static Result<std::unique_ptr<MediaTypes>> open();
    ~MediaTypes() override;

    std::string detect(std::string_view head, std::string_view name) override;

private:
    struct State;
    explicit MediaTypes(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace guildmark
