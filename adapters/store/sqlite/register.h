#pragma once

namespace guildmark::sqlite {

/// Indexes of what became of certificates, so that a register asks for nothing else.
extern const char* const register_migration;

}  // namespace guildmark::sqlite
