#include "tests/sim/journal_text.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace guildmark::tests {
namespace {

std::vector<Record> records_by_position(Store& store) {
    auto reader = store.open_reader();
    ENSURE(reader.has_value(), "the store gives no reader");
    std::vector<Record> records;
    const auto scanned = (*reader)->scan_streams([&](const Record& record) -> Result<void> {
        records.push_back(record);
        return {};
    });
    ENSURE(scanned.has_value(), "the journal cannot be read");
    std::ranges::sort(records, {}, &Record::position);
    return records;
}

bool is_id_letter(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
}

/// Ids in a text are runs of exactly thirteen letters that parse; their ordinals take their place.
class IdNames {
public:
    std::string rename(const std::string& text) {
        std::string out;
        for (std::size_t begin = 0; begin < text.size();) {
            std::size_t end = begin;
            while (end < text.size() && is_id_letter(text[end])) {
                ++end;
            }
            const std::string word = text.substr(begin, end - begin);
            out += word.size() == 13 && (word[0] == '0' || word[0] == '1') && id_from_text(word)
                       ? name_of(word)
                       : word;
            if (end < text.size()) {
                out += text[end++];
            }
            begin = end;
        }
        return out;
    }

private:
    std::string name_of(const std::string& id) {
        return fmt::format("#{}", names_.try_emplace(id, names_.size()).first->second);
    }

    std::map<std::string, std::size_t> names_;
};

std::string line_of(const Record& record) {
    return fmt::format("{} {} {} {} {} {} {} {}",
                       record.stream.to_text(),
                       record.sequence,
                       record.at.to_text(),
                       record.actor.person.to_text(),
                       record.actor.role,
                       record.kind,
                       record.version,
                       record.payload);
}

}  // namespace

std::vector<std::string> journal_lines(Store& store) {
    std::vector<std::string> lines;
    for (const Record& record : records_by_position(store)) {
        lines.push_back(line_of(record) + " " + record.hash.to_text());
    }
    return lines;
}

std::vector<std::string> canonical_journal(Store& store, const std::set<std::string>& left_out) {
    IdNames names;
    std::vector<std::string> lines;
    std::map<StreamId, std::uint64_t> passed_over;
    for (Record record : records_by_position(store)) {
        if (left_out.contains(record.kind)) {
            ++passed_over[record.stream];
            continue;
        }
        record.sequence -= passed_over[record.stream];
        std::string line = names.rename(line_of(record));
        // A decision names the record before it, whose number and hash differ with refusals.
        if (const auto place = line.find("\"on_sequence\""); place != std::string::npos) {
            line.resize(place);
        }
        // Certificate numbers are ids in other clothes.
        if (const auto place = line.find("GM-"); place != std::string::npos) {
            line.resize(place);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string canonical_text(const std::string& text) {
    return IdNames().rename(text);
}

std::string first_difference(const std::vector<std::string>& left,
                             const std::vector<std::string>& right) {
    for (std::size_t index = 0; index < std::max(left.size(), right.size()); ++index) {
        const std::string one = index < left.size() ? left[index] : "(nothing)";
        const std::string other = index < right.size() ? right[index] : "(nothing)";
        if (one != other) {
            return fmt::format("line {}:\n{}\n{}", index + 1, one, other);
        }
    }
    return {};
}

}  // namespace guildmark::tests
