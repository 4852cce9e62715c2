//! Each kind of error has at least one text that gives it.

use super::super::*;

/// A text for each kind, and whether BuildKit refuses it only after reading.
const TEXTS: &[(ErrorKind, bool, &str)] = &[
    (ErrorKind::UnknownInstruction, false, "FROM a\nCOPPY b c"),
    (ErrorKind::MissingFrom, false, "ARG a"),
    (ErrorKind::InstructionBeforeFrom, false, "RUN a\nFROM b"),
    (ErrorKind::InvalidEscapeDirective, false, "# escape=/\nFROM a"),
    (ErrorKind::DuplicateDirective, false, "# escape=`\n# escape=`\nFROM a"),
    (ErrorKind::InvalidCheckDirective, true, "# check=a=b\nFROM a"),
    (ErrorKind::InvalidFrom, false, "FROM a b"),
    (ErrorKind::InvalidStageName, false, "FROM a AS 1"),
    (ErrorKind::InvalidImageReference, true, "FROM A"),
    (ErrorKind::InvalidPlatform, true, "FROM --platform=b a"),
    (ErrorKind::MissingArguments, false, "FROM a\nUSER"),
    (ErrorKind::TooManyArguments, false, "FROM a\nHEALTHCHECK NONE b"),
    (ErrorKind::UnknownFlag, false, "FROM a\nCOPY --b c d"),
    (ErrorKind::DuplicateFlag, false, "FROM a\nCOPY --link --link b c"),
    (ErrorKind::InvalidFlagValue, false, "FROM a\nCOPY --link=b c d"),
    (ErrorKind::InvalidHealthcheck, false, "FROM a\nHEALTHCHECK b"),
    (ErrorKind::InvalidShell, false, "FROM a\nSHELL b"),
    (ErrorKind::InvalidJsonArray, false, "FROM a\nCMD [1]"),
    (ErrorKind::InvalidKeyValue, false, "FROM a\nENV =b"),
    (ErrorKind::UnclosedQuote, true, "FROM a\nENV b='"),
    (ErrorKind::InvalidSubstitution, true, "FROM a\nENV b=${c"),
    (ErrorKind::InvalidHeredoc, false, "FROM a\nRUN <<b"),
    (ErrorKind::RemoteCopySource, true, "FROM a\nCOPY http://b/c d"),
    (ErrorKind::InvalidChmod, true, "FROM a\nCOPY --chmod=b c d"),
    (ErrorKind::InvalidAddFlag, true, "FROM a\nADD --checksum=b c d"),
    (ErrorKind::UnexpandedVariable, true, "FROM a\nCOPY --from=$b c d"),
    (ErrorKind::UnexpandedVariable, false, "FROM a\nRUN --mount=from=$b c"),
    (ErrorKind::LaterStageReference, true, "FROM a\nCOPY --from=0 b c"),
    (ErrorKind::InvalidMount, true, "FROM a\nRUN --mount=b=c d"),
    (ErrorKind::InvalidMount, false, "FROM a\nRUN --mount='b\"c\"' d"),
    (ErrorKind::InvalidFlagValue, false, "FROM a\nRUN --mount= b"),
    (ErrorKind::InvalidRunOption, false, "FROM a\nRUN --network=b c"),
    (ErrorKind::EmptyVolume, false, "FROM a\nVOLUME [\"\"]"),
    (ErrorKind::InvalidOnbuildTrigger, false, "FROM a\nONBUILD FROM b"),
    (ErrorKind::InvalidExposePort, true, "FROM a\nEXPOSE b"),
    (ErrorKind::InvalidStopsignal, true, "FROM a\nSTOPSIGNAL b"),
    (ErrorKind::CopyDestinationNotDirectory, true, "FROM a\nCOPY b c d"),
];

#[test]
fn each_kind_has_a_text() {
    for (kind, late, text) in TEXTS {
        let file = parse(text);
        let errors = if *late { convert_errors(&file) } else { file.errors.clone() };
        let kinds: Vec<_> = errors.iter().map(|error| error.kind).collect();
        assert_eq!(kinds, [*kind], "{text:?}");
        assert_eq!(file.errors.is_empty(), *late, "{text:?}");
    }
    // The text of the last one is too long for the table.
    let long = format!("FROM a\nRUN {}", "b".repeat(70_000));
    assert_eq!(parse(&long).errors[0].kind, ErrorKind::LineTooLong);
    for kind in ErrorKind::ALL {
        assert!(
            *kind == ErrorKind::LineTooLong || TEXTS.iter().any(|(other, ..)| other == kind),
            "{kind:?} has no text"
        );
    }
}
