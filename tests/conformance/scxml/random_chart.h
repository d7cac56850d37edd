#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "tests/conformance/scxml/reference_model.h"

namespace guildmark::scxml::test {

/// Gives a number below `count`, which is at least 1.
using Choices = std::function<std::size_t(std::size_t count)>;

/// A chart whose every part is chosen by `choices`: up to four levels of states, parallels, finals
/// and histories, with handlers and transitions. Ends whatever is chosen.
std::unique_ptr<ReferenceState> random_chart(Choices choices);

/// The chart as an SCXML document.
std::string document(const ReferenceState& root);

}  // namespace guildmark::scxml::test
