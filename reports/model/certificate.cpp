#include "reports/model/certificate.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/cases/describe_rows.h"

namespace guildmark::reports {
namespace {

/// Whether the paper of `earlier` would be out of date after `later`.
bool shows_other(const rows::Certificate& earlier, const rows::Certificate& later) {
    return earlier.scope != later.scope || earlier.valid_from != later.valid_from ||
           earlier.valid_until != later.valid_until;
}

/// The number of the issue, from 1, and the act that made it.
std::pair<std::size_t, const CertificateAct*> last_issue(const std::vector<CertificateAct>& acts) {
    std::pair<std::size_t, const CertificateAct*> issue{1, &acts.front()};
    for (std::size_t index = 1; index < acts.size(); ++index) {
        if (shows_other(acts[index - 1].certificate, acts[index].certificate)) {
            issue = {issue.first + 1, &acts[index]};
        }
    }
    return issue;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos
               ? std::string()
               : std::string(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
}

Site site_of(const std::string& line) {
    constexpr std::string_view wide_colon = "\xEF\xBC\x9A";
    const std::size_t wide = line.find(wide_colon);
    const std::size_t plain = line.find(": ");
    if (wide == std::string::npos && plain == std::string::npos) {
        return {line, {}};
    }
    const bool is_wide = wide < plain;
    const std::size_t at = is_wide ? wide : plain;
    return {trimmed(std::string_view(line).substr(0, at)),
            trimmed(std::string_view(line).substr(at + (is_wide ? wide_colon.size() : 1)))};
}

std::string status_text(const Messages& messages, rows::CertificateStatus status) {
    return messages.text("status", to_name(status));
}

/// How it stands, with the day since when.
LabelledText status_fact(const CertificateInput& input, const Messages& messages) {
    const rows::CertificateStatus status = status_on(input.certificate, input.as_of);
    const Date since = status == input.acts.back().certificate.status
                           ? Date::of(input.acts.back().at)
                           : input.certificate.valid_until.plus_days(1);
    return {messages.text("status"),
            filled(messages.text("status.value"),
                   {{"status", status_text(messages, status)}, {"day", since.to_text()}})};
}

std::vector<LabelledText> facts_of(const CertificateInput& input, const Messages& messages) {
    const rows::Certificate& certificate = input.certificate;
    const auto [issue, act] = last_issue(input.acts);
    return {{messages.text("number"), certificate.number},
            {messages.text("first"), certificate.first_granted.to_text()},
            {messages.text("from"), certificate.valid_from.to_text()},
            {messages.text("until"), certificate.valid_until.to_text()},
            {messages.text("issue"),
             filled(messages.text(issue == 1 ? "issue.first" : "issue.value"),
                    {{"issue", fmt::to_string(issue)}, {"day", Date::of(act->at).to_text()}})},
            status_fact(input, messages)};
}

DocumentTable sites_table(const CertificateInput& input, const Messages& messages) {
    DocumentTable table{
        messages.text("sites"), {messages.text("site"), messages.text("activity")}, {}};
    for (const Site& site : input.sites) {
        table.rows.push_back({site.address, site.activity});
    }
    return table;
}

DocumentTable history_table(const CertificateInput& input, const Messages& messages) {
    DocumentTable table{messages.text("history"),
                        {messages.text("day"),
                         messages.text("act"),
                         messages.text("state"),
                         messages.text("validity")},
                        {}};
    for (const CertificateAct& act : input.acts) {
        table.rows.push_back({Date::of(act.at).to_text(),
                              messages.text("act", act.action),
                              status_text(messages, act.certificate.status),
                              act.certificate.valid_until.to_text()});
    }
    return table;
}

std::string accreditation_text(const CertificateInput& input, const Messages& messages) {
    const Accreditation* found = input.letterhead.accreditation_for(input.certificate.standard);
    return found == nullptr ? std::string()
                            : filled(messages.text("accreditation"),
                                     {{"by", found->by}, {"number", found->number}});
}

/// Who certifies whom to what.
void tell_statement(const CertificateInput& input,
                    const Messages& messages,
                    CertificateDocument& document) {
    document.before = messages.text("before");
    document.client = input.holder.name;
    document.client_address = input.sites.front().address;
    const std::string after =
        "after." + (input.standard == nullptr ? std::string() : input.standard->certifies);
    document.after = messages.text(messages.has(after) ? after : "after.other");
    document.standard =
        input.standard == nullptr ? input.certificate.standard : input.standard->designation;
    document.standard_title =
        input.standard == nullptr ? std::string() : input.standard->title.in(messages.language());
}

}  // namespace

std::string language_of_country(const std::string& country, const std::string& otherwise) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> languages{
        {{"CN", "zh-CN"},
         {"SG", "zh-CN"},
         {"TW", "zh-TW"},
         {"HK", "zh-HK"},
         {"MO", "zh-HK"},
         {"JP", "ja"},
         {"KR", "ko"}}};
    const auto* const found = std::ranges::find(
        languages, country, &std::pair<std::string_view, std::string_view>::first);
    return found == languages.end() ? otherwise : std::string(found->second);
}

std::vector<Site> sites_of(const std::string& text) {
    std::vector<Site> sites;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (const std::string line = trimmed(std::string_view(text).substr(begin, end - begin));
            !line.empty()) {
            sites.push_back(site_of(line));
        }
        begin = end + 1;
    }
    return sites;
}

Result<std::vector<Site>> sites_told(const workflow::Workflow& workflow,
                                     const std::vector<rows::Task>& tasks,
                                     const std::vector<CertificateAct>& acts) {
    const Instant shown_at = last_issue(acts).second->at;
    std::string text;
    Instant sent{};
    for (const rows::Task& task : tasks) {
        if (task.status != rows::TaskStatus::done || task.values.empty() || !task.closed_at ||
            *task.closed_at > shown_at || *task.closed_at < sent) {
            continue;
        }
        const guildmark::Value values = TRY(parse_json(task.values));
        for (const workflow::ShownField& shown : workflow.shown) {
            const bool is_meant = shown.what == workflow::shown_sites && shown.task == task.task;
            if (is_meant && !sites_of(values.text_or(shown.field, "")).empty()) {
                text = values.text_or(shown.field, "");
                sent = *task.closed_at;
            }
        }
    }
    std::vector<Site> sites = sites_of(text);
    if (sites.empty()) {
        return conflict("certificate_sites_missing",
                        "no form of the case that its workflow shows on certificates tells the "
                        "sites, and a certificate shows each");
    }
    if (sites.size() > limits::certificate_sites_max) {
        return too_large(
            "certificate_too_large",
            fmt::format("a certificate shows at most {} sites", limits::certificate_sites_max));
    }
    return sites;
}

CertificateDocument build_certificate_document(const CertificateInput& input,
                                               const Messages& messages) {
    const rows::Certificate& certificate = input.certificate;
    const auto [issue, act] = last_issue(input.acts);
    CertificateDocument document;
    document.language = messages.language();
    document.client_language = language_of_country(input.holder.country, document.language);
    document.issuer_language = language_of_country(input.issuer.country, document.language);
    document.issued_at = act->at;
    document.issuer = input.issuer.name;
    document.issuer_address = input.letterhead.address;
    document.mark = input.mark;
    document.title = messages.text("title");
    const rows::CertificateStatus status = status_on(certificate, input.as_of);
    if (status != rows::CertificateStatus::active) {
        document.warning =
            filled(messages.text("standing"), {{"status", status_text(messages, status)}});
    }
    tell_statement(input, messages, document);
    document.scope = {messages.text("scope"), certificate.scope};
    document.facts = facts_of(input, messages);
    document.accreditation = accreditation_text(input, messages);
    document.sites = sites_table(input, messages);
    document.history = history_table(input, messages);
    document.page =
        input.origin.empty() ? std::string() : input.origin + "/c/" + certificate.number;
    document.check = document.page.empty()
                         ? messages.text("check.none")
                         : filled(messages.text("check"), {{"page", document.page}});
    document.footer = fmt::format("{} - {}", certificate.number, issue);
    document.page_count = messages.text("page");
    return document;
}

}  // namespace guildmark::reports
