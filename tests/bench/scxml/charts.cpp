#include "tests/bench/scxml/charts.h"

#include <fmt/format.h>

namespace guildmark::bench {
namespace {

constexpr const char* head =
    R"(<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">)";

}  // namespace

std::string ring_chart(const std::string& guard) {
    std::string text =
        std::string(head) + R"(<datamodel><data id="x" expr="0"/></datamodel><parallel><state>)";
    for (int state = 0; state < 4; ++state) {
        text += fmt::format(
            R"(<state id="r{}"><transition event="tick" target="r{}"><assign location="x" )"
            R"(expr="(x + 1) % 5"/></transition></state>)",
            state,
            (state + 1) % 4);
    }
    text += "</state><state>";
    for (int state = 0; state < 2; ++state) {
        text += fmt::format(
            R"(<state id="g{}"><transition event="tick" cond="{}" target="g{}"/></state>)",
            state,
            guard,
            1 - state);
    }
    return text + "</state></parallel></scxml>";
}

std::string large_chart(std::size_t states) {
    std::string text = head;
    for (std::size_t state = 0; state < states; ++state) {
        text += fmt::format(R"(<state id="s{}"><transition event="tick" target="s{}"/></state>)",
                            state,
                            (state + 1) % states);
    }
    return text + "</scxml>";
}

std::string wide_chart(std::size_t regions) {
    std::string text = std::string(head) + "<parallel>";
    for (std::size_t region = 0; region < regions; ++region) {
        text += fmt::format(
            R"(<state id="w{0}"><state id="a{0}"><transition event="tick" target="b{0}"/></state>)"
            R"(<state id="b{0}"><transition event="tick" target="a{0}"/></state></state>)",
            region);
    }
    return text + "</parallel></scxml>";
}

}  // namespace guildmark::bench
