#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "api/text.h"

namespace guildmark::api {
namespace {

constexpr std::size_t file_name_bytes_max = 255;

/// A file's name without folders and control characters; noted when it is none.
std::string file_name_of(Fields& fields) {
    std::string name = fields.text("name", Need::required, file_name_bytes_max);
    const bool is_bad = std::any_of(name.begin(), name.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == '\x7f' || letter == '/' ||
               letter == '\\';
    });
    if (is_bad || name == "." || name == "..") {
        fields.note("name", "file_name_malformed", "this must be a file's name without folders");
    }
    return name;
}

AddEvidence evidence_of_query(Fields& fields) {
    AddEvidence add;
    add.name = file_name_of(fields);
    add.title = fields.text("title", Need::optional, limits::name_bytes_max);
    add.requirements = split(fields.text("requirements", Need::optional), ',');
    add.valid_from = fields.date("valid-from");
    add.valid_until = fields.date("valid-until");
    add.owner = fields.id<PersonId>("owner", Need::optional);
    const auto revises = fields.id<EvidenceId>("revises", Need::optional);
    if (!revises.is_none()) {
        add.revises = revises;
    }
    if (add.requirements.size() > limits::requirements_per_match_max) {
        fields.note("requirements",
                    "field_too_long",
                    fmt::format("at most {} are taken", limits::requirements_per_match_max));
    }
    if (add.valid_from && add.valid_until && *add.valid_until < *add.valid_from) {
        fields.note("valid-until", "date_before", "this must not be before valid-from");
    }
    add.origin = "upload";
    return add;
}

Result<EvidenceId> evidence_of_path(const Call& call) {
    const auto id = EvidenceId::parse(call.parameter("evidence"));
    if (!id) {
        return not_found(
            "evidence_not_found", "the case has no such evidence", call.parameter("evidence"));
    }
    return *id;
}

/// The revision asked for, or the newest.
Result<rows::Evidence> find_revision(Call& call, EvidenceId id, std::int64_t revision) {
    const auto asked = revision == 0
                           ? std::nullopt
                           : std::optional<std::uint32_t>(static_cast<std::uint32_t>(revision));
    const auto found = TRY(call.reader.find_evidence(call.case_row->id, id, asked));
    if (!found) {
        return not_found("evidence_not_found", "the case has no such evidence", id.to_text());
    }
    return *found;
}

}  // namespace

Result<Response> list_evidence(Call& call) {
    const PageRequest page = TRY(page_of(call));
    const auto found = TRY(call.reader.evidence(call.case_row->id, page));
    Value::Array items;
    for (const rows::Evidence& evidence : found.items) {
        items.push_back(TRY(evidence_value(call, *call.case_row, evidence)));
    }
    return json_response(page_value(std::move(items), found.next));
}

Result<Upload> add_evidence(Call& call) {
    Fields fields = Fields::of_query(call);
    AddEvidence add = evidence_of_query(fields);
    TRY(fields.finish());
    // Who may not add evidence learns it before sending a large file, not after.
    Command command =
        TRY(command_on_case(call, AddEvidence(), &workflow::Permission::add_evidence));
    command.status = 201;
    command.location = fmt::format("/api/v1/cases/{}/evidence/", call.case_row->id.to_text());
    Upload upload;
    upload.file_name = add.name;
    upload.make_command = [add = std::move(add), command = std::move(command)](
                              const StoredBlob& blob, std::string media_type) mutable {
        add.digest = blob.digest;
        add.size_bytes = blob.size_bytes;
        add.media_type = std::move(media_type);
        command.submission.command = CaseCommand(add);
        return command;
    };
    return upload;
}

Result<Command> match_evidence(Call& call) {
    MatchEvidence match;
    match.evidence = TRY(evidence_of_path(call));
    Fields fields = TRY(Fields::of_body(call));
    match.requirements =
        fields.texts("requirements", Need::required, limits::requirements_per_match_max);
    TRY(fields.finish());
    return command_on_case(call, std::move(match), &workflow::Permission::add_evidence);
}

Result<Command> withdraw_evidence(Call& call) {
    WithdrawEvidence withdraw;
    withdraw.evidence = TRY(evidence_of_path(call));
    Fields fields = TRY(Fields::of_body(call));
    withdraw.reason = fields.text("reason", Need::required);
    TRY(fields.finish());
    return command_on_case(call, std::move(withdraw), &workflow::Permission::add_evidence);
}

Result<Response> get_evidence_content(Call& call) {
    const EvidenceId id = TRY(evidence_of_path(call));
    Fields fields = Fields::of_query(call);
    const std::int64_t revision = fields.number("revision", 1, 1'000'000, 0);
    TRY(fields.finish());
    const rows::Evidence evidence = TRY(find_revision(call, id, revision));
    const std::string etag = "\"" + evidence.digest.to_text() + "\"";
    Response response;
    response.set_header("ETag", etag);
    response.set_header("Cache-Control", "private, no-cache");
    response.policy = ContentPolicy::document;
    const std::string* known = call.request.find_header("if-none-match");
    if (known != nullptr && *known == etag) {
        response.status = 304;
        return response;
    }
    response.stream = TRY(call.services.blobs.open(evidence.digest));
    response.stream_bytes = evidence.size_bytes;
    response.content_type = evidence.media_type;
    response.set_header("Content-Disposition", attachment_disposition(evidence.name));
    return response;
}

}  // namespace guildmark::api
