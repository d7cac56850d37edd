// The public register: whoever asks learns what a certificate shows and how it stands, and nothing
// of the case behind it.
#include <algorithm>

#include "api/encode.h"
#include "api/fields.h"
#include "api/resource/handlers.h"
#include "api/text.h"
#include "engine/base/limits.h"
#include "engine/cases/certificate_history.h"
#include "engine/cases/describe_rows.h"

namespace guildmark::api {
namespace {

Result<std::vector<CertificateAct>> acts_of(Call& call, const rows::Certificate& row) {
    return acts_on_certificate(row.number, TRY(call.reader.certificate_acts_of(row.case_id)));
}

/// How the certificate stood on `day`; null: it was not valid yet.
Value standing_on(const std::vector<CertificateAct>& acts, Date day) {
    const CertificateAct* const act = last_act_by(acts, day);
    return act == nullptr ? Value() : Value(to_name(status_on(act->certificate, day)));
}

Value history_value(const std::vector<CertificateAct>& acts) {
    Value::Array items;
    for (const CertificateAct& act : acts) {
        items.emplace_back(Value::Object{{"action", act.action},
                                         {"on", Date::of(act.at).to_text()},
                                         {"status", to_name(act.certificate.status)},
                                         {"scope", act.certificate.scope},
                                         {"valid_from", act.certificate.valid_from.to_text()},
                                         {"valid_until", act.certificate.valid_until.to_text()}});
    }
    return items;
}

/// One of many numbers that a buyer asks for; of one that is not there only that.
Result<Value> check_value(Call& call, const std::string& number, std::optional<Date> day) {
    const auto row = TRY(call.reader.find_certificate(number));
    if (!row) {
        return Value(Value::Object{{"number", number}, {"found", false}});
    }
    const Value issuer = TRY(call.names.organisation(call.reader, row->issuer));
    const Value holder = TRY(call.names.organisation(call.reader, row->holder));
    const Date today = Date::of(call.now);
    Value status =
        day ? standing_on(TRY(acts_of(call, *row)), *day) : Value(to_name(status_on(*row, today)));
    return Value(Value::Object{{"number", number},
                               {"found", true},
                               {"status", std::move(status)},
                               {"holder", holder.text_or("name", "")},
                               {"issuer", issuer.text_or("name", "")},
                               {"standard", standard_reference(call, row->standard)},
                               {"valid_until", row->valid_until.to_text()}});
}

}  // namespace

Result<Value::Object> public_certificate(Call& call, const rows::Certificate& row) {
    const auto holder = TRY(call.reader.find_organisation(row.holder));
    const Value issuer = TRY(call.names.organisation(call.reader, row.issuer));
    return Value::Object{{"number", row.number},
                         {"status", to_name(status_on(row, Date::of(call.now)))},
                         {"holder", holder ? holder->name : std::string()},
                         {"country", holder ? holder->country : std::string()},
                         {"region", holder ? holder->region : std::string()},
                         {"issuer", issuer.text_or("name", "")},
                         {"standard", standard_reference(call, row.standard)},
                         {"scope", row.scope},
                         {"valid_from", row.valid_from.to_text()},
                         {"valid_until", row.valid_until.to_text()},
                         {"first_granted", row.first_granted.to_text()}};
}

Result<Response> verify_certificate(Call& call) {
    Fields fields = Fields::of_query(call);
    const auto day = fields.date("on");
    TRY(fields.finish());
    const auto row = TRY(call.reader.find_certificate(call.parameter("number")));
    if (!row) {
        return not_found("certificate_not_found",
                         "no certificate of this number was issued here",
                         call.parameter("number"));
    }
    const auto acts = TRY(acts_of(call, *row));
    Value value(TRY(public_certificate(call, *row)));
    value.set("history", history_value(acts));
    value.set(
        "asked",
        day ? Value(Value::Object{{"on", day->to_text()}, {"status", standing_on(acts, *day)}})
            : Value());
    value.set("checked_at", call.now.to_text());
    return json_response(value);
}

Result<Response> list_register(Call& call) {
    Fields fields = Fields::of_query(call);
    CertificateFilter filter;
    filter.holder = fields.text("holder", Need::optional, limits::name_bytes_max);
    filter.standard = fields.text("standard", Need::optional, limits::name_bytes_max);
    filter.country = fields.text("country", Need::optional, limits::name_bytes_max);
    filter.region = fields.text("region", Need::optional, limits::name_bytes_max);
    const PageRequest page = TRY(page_of(fields));
    const auto found = TRY(call.reader.certificates(filter, page));
    Value::Array items;
    for (const rows::Certificate& row : found.items) {
        items.emplace_back(TRY(public_certificate(call, row)));
    }
    return json_response(page_value(std::move(items), found.next));
}

Result<Response> check_certificates(Call& call) {
    Fields fields = TRY(Fields::of_body(call));
    const auto numbers = fields.texts("numbers", Need::required, limits::register_checks_max);
    const auto day = fields.date("on");
    TRY(fields.finish());
    Value::Array items;
    for (const std::string& number : numbers) {
        items.push_back(TRY(check_value(call, number, day)));
    }
    return json_response(Value::Object{{"items", std::move(items)},
                                       {"on", day.value_or(Date::of(call.now)).to_text()},
                                       {"checked_at", call.now.to_text()}});
}

Result<Job> get_certificate_document(Call& call) {
    ReportWriter* reports = call.services.reports;
    if (reports == nullptr) {
        return unavailable("report_unavailable", "this server was built without reports");
    }
    const std::string language = call.languages.empty() ? std::string() : call.languages.front();
    return Job([reports, language, origin = call.public_origin, number = call.parameter("number")](
                   StoreReader& reader) -> Result<Response> {
        Response response;
        response.body = TRY(reports->write_certificate(reader, number, language, origin));
        response.content_type = "application/pdf";
        response.policy = ContentPolicy::document;
        response.set_header("Content-Disposition", attachment_disposition(number + ".pdf"));
        return response;
    });
}

Result<Job> get_certificate_label(Call& call) {
    ReportWriter* reports = call.services.reports;
    if (reports == nullptr) {
        return unavailable("report_unavailable", "this server was built without reports");
    }
    const std::string* const format = find_text(call.request.query, "format");
    LabelRequest request{call.parameter("number"),
                         call.parameter("kind"),
                         format == nullptr ? std::string("svg") : *format,
                         call.languages.empty() ? std::string("en") : call.languages.front(),
                         call.public_origin};
    return Job([reports, request = std::move(request)](StoreReader& reader) -> Result<Response> {
        Response response;
        response.body = TRY(reports->write_label(reader, request));
        response.content_type = request.format == "png" ? "image/png" : "image/svg+xml";
        response.policy = ContentPolicy::document;
        response.set_header(
            "Content-Disposition",
            attachment_disposition(request.number + "-" + request.kind + "." + request.format));
        return response;
    });
}

}  // namespace guildmark::api
