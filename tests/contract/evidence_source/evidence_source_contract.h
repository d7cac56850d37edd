#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "engine/ports/evidence_source.h"

namespace guildmark::tests {

/// An evidence source of some kind, and what the contract must do to it from outside. To bring
/// another source under the contract, write one of these and instantiate the suite with it.
class EvidenceSourceHarness {
public:
    virtual ~EvidenceSourceHarness() = default;

    /// Offers what write() put there; nothing at first.
    virtual EvidenceSource& source() = 0;

    /// Puts a document, or replaces its bytes in place; a replaced one counts as changed later.
    virtual void write(const std::string& locator, const std::string& bytes) = 0;

    virtual void remove(const std::string& locator) = 0;

    /// Takes the whole source away: the folder, the server.
    virtual void remove_source() = 0;
};

struct EvidenceSourceKind {
    std::string name;
    std::function<std::unique_ptr<EvidenceSourceHarness>()> make;
};

class EvidenceSourceContract : public testing::TestWithParam<EvidenceSourceKind> {
protected:
    void SetUp() override { harness_ = GetParam().make(); }

    EvidenceSource& source() { return harness_->source(); }

    /// The only document there is. REQUIRES: there is exactly one.
    EvidenceItem only_item();

    std::unique_ptr<EvidenceSourceHarness> harness_;
};

}  // namespace guildmark::tests
