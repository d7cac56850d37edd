#include "tests/unit/reports/wang_certificate.h"

#include "reports/canvas/canvas.h"

namespace guildmark::reports {
namespace {

Date wang_day(std::string_view text) {
    return Date::parse(text).value();
}

std::string make_mark() {
    CanvasOptions options;
    options.format = CanvasFormat::png;
    options.width_mm = 40;
    options.height_mm = 16;
    Canvas canvas = Canvas::create(options).value();
    canvas.fill({0, 0, 16, 16}, {0.06, 0.30, 0.42});
    canvas.fill({4, 4, 8, 8}, {1, 1, 1});
    canvas.fill({20, 6, 20, 4}, {0.06, 0.30, 0.42});
    return canvas.finish().value();
}

}  // namespace

WangCertificate::WangCertificate() : mark(make_mark()) {
    holder.name = "苏州骨直精密机械有限公司";
    holder.country = "CN";
    issuer.name = "Norwell Certification";
    issuer.country = "NO";
    standard.id = "iso-9001";
    standard.edition = "2015";
    standard.designation = "ISO 9001:2015";
    standard.certifies = "management-system";
    letterhead.organisation = issuer.name;
    letterhead.mark = "norwell.png";
    letterhead.address = {"Storgata 1", "0155 Oslo, Norway"};
    letterhead.accreditations = {{{"iso-9001"}, "Invented Accreditation", "IA-042"}};
    sites = {{"江苏省苏州市工业园区星湖街328号", "总部、车削"}, {"江苏省昆山市前进路9号", "仓储"}};
    certificate.number = "GM-0123456789ABC";
    certificate.standard = "iso-9001:2015";
    certificate.scope = "水泵用精密零件的车削与铣削";
    certificate.first_granted = wang_day("2026-03-04");
    as_of = wang_day("2027-01-01");
    act("grant", "2026-03-04T09:00:00Z", [](rows::Certificate& next) {
        next.valid_from = wang_day("2026-03-02");
        next.valid_until = wang_day("2029-03-01");
    });
    act("suspend", "2026-06-01T09:00:00Z", [](rows::Certificate& next) {
        next.status = rows::CertificateStatus::suspended;
    });
    act("restore", "2026-07-01T09:00:00Z", [](rows::Certificate& next) {
        next.status = rows::CertificateStatus::active;
    });
    act("extend", "2026-09-01T09:00:00Z", [](rows::Certificate& next) {
        next.scope = "水泵和医疗器械用精密零件的车削与铣削";
    });
}

CertificateInput WangCertificate::input() const {
    return {certificate, acts, holder, issuer, &standard, letterhead, mark, sites, origin, as_of};
}

}  // namespace guildmark::reports
