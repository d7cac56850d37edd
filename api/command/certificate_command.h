#pragma once

#include <string>

#include "api/command/console.h"

namespace guildmark::command {

struct CertificateArguments {
    std::string data_folder;
    std::string library_folder;
    std::string number;
    std::string out;
    std::string language = "en";
    std::string public_origin;  ///< Where the code leads; empty: there is none.
    Output output = Output::text;
};

/// guildmark certificate: writes a certificate's document as a PDF.
int run_certificate(const CertificateArguments& arguments);

}  // namespace guildmark::command
