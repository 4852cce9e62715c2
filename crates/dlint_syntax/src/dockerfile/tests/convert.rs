//! What BuildKit refuses after it has read the file.

use super::super::ErrorKind::*;
use super::super::*;
use super::{accepted, refused_later};

fn later(text: &str, kind: ErrorKind) -> SyntaxError {
    refused_later(&format!("FROM a\n{text}\n"), &[kind]).remove(0)
}

#[test]
fn quotes_are_closed_where_buildkit_reads_them() {
    later("ENV a=«\"»b", UnclosedQuote);
    later("WORKDIR /it«'»s", UnclosedQuote);
    refused_later("FROM a\nCOPY «\"»a b«\"» /c/\n", &[UnclosedQuote, UnclosedQuote]);
    accepted("FROM a\nRUN it's\nCMD \"\nHEALTHCHECK CMD '\nMAINTAINER \"\n");
}

#[test]
fn substitutions_are_complete() {
    later("ENV a=«${b»", InvalidSubstitution);
    later("ENV a=«${}»", InvalidSubstitution);
    later("LABEL a=x${b«:=»c}", InvalidSubstitution);
    later("USER ${b«^»}", InvalidSubstitution);
    later("ARG a=${b«:#»c}", InvalidSubstitution);
    later("COPY --chown=«${a» b c", InvalidSubstitution);
    later("RUN --mount=type=cache,target=«${a» b", InvalidSubstitution);
    later("EXPOSE «${a/b}»", InvalidSubstitution);
    later("VOLUME ${a#«\\b»}", InvalidSubstitution);
    refused_later("ARG b\nFROM a:«${b»\n", &[InvalidSubstitution]);
    accepted("FROM a\nENV a=${b:-c} d=${e:+${f}} g=${h:?i} j=${k##l*} m=${n/o/p} q=${r//s/} t=$ u=\\${v w='${x'\n");
    accepted("FROM a\nRUN echo ${a:=b} ${c\nCMD ${\nCOPY --exclude=${ a b\n");
}

#[test]
fn images_follow_the_grammar() {
    let error = refused_later("FROM «Alpine»\n", &[InvalidImageReference]).remove(0);
    assert_eq!(error.suggestion.as_deref(), Some("alpine"));
    refused_later("FROM «https://example.com/a»\n", &[InvalidImageReference]);
    refused_later("FROM «\"\"»\n", &[InvalidImageReference]);
    refused_later("FROM a AS b\nFROM «B»\n", &[InvalidImageReference]);
    later("COPY --from=«A:b» c d", InvalidImageReference);
    accepted("ARG A\nFROM ${A}B\nFROM scratch\nFROM a AS b-\nFROM b-\n");
}

#[test]
fn platforms_are_readable() {
    for text in [
        "FROM --platform=«x» a",
        "FROM --platform=«linux/» a",
        "FROM --platform=«a/b/c/d» a",
        "FROM --platform=«linux/*» a",
    ] {
        refused_later(text, &[InvalidPlatform]);
    }
    refused_later("FROM «--platform='\"\"'» a", &[InvalidPlatform]);
    let error = refused_later("FROM --platform=«amd46» a", &[InvalidPlatform]).remove(0);
    assert_eq!(error.suggestion.as_deref(), Some("amd64"));
    for platform in ["linux", "arm64", "linux/arm/v7", "windows(10.0.17763)/amd64", "$BUILDPLATFORM", "new/thing"] {
        accepted(&format!("FROM --platform={platform} a"));
    }
}

#[test]
fn stages_use_only_those_above() {
    let text =
        "FROM a AS b\nCOPY --from=«c» d e\nCOPY --from=«1» d e\nCOPY --from=«B» d e\nFROM b AS c\nCOPY --from=0 d e\n";
    let errors = refused_later(text, &[LaterStageReference; 3]);
    assert!(errors.iter().all(|error| error.related.is_some()));
    refused_later("FROM a\nCOPY --from=«7» b c\n", &[LaterStageReference]);
    refused_later("FROM a\nCOPY --from=«-1» b c\n", &[LaterStageReference]);
    refused_later("FROM a\nRUN --mount=from=«b»,target=/c d\nFROM a AS b\n", &[LaterStageReference]);
    // The last stage of a name counts, but for `FROM`.
    refused_later("FROM a AS b\nFROM a\nCOPY --from=«b» c d\nFROM b AS b\n", &[LaterStageReference]);
    accepted("FROM a AS b\nFROM a\nCOPY --from=B --link c d\nRUN --mount=from=0,target=/x y\n");
}

#[test]
fn stage_names_in_copy_are_not_expanded() {
    later("COPY --from=a:«$B» c d", UnexpandedVariable);
    later("COPY --from=«${A}» c d", UnexpandedVariable);
}

#[test]
fn copy_takes_no_urls() {
    later("COPY «https://example.com/a.tar» /b", RemoteCopySource);
    later("COPY «https://example.com/a.git#main» /b", RemoteCopySource);
    later("COPY «git@example.com:a/b» /b", RemoteCopySource);
    accepted("FROM a\nCOPY github.com/a ./git@x /b/\nADD https://example.com/a /b\nCOPY $A /b\n");
}

#[test]
fn modes_are_octal_or_symbolic() {
    for mode in ["«9»", "«10000»", "«u=x+y»", "«rwx»", "«u»"] {
        later(&format!("COPY --chmod={mode} a b"), InvalidChmod);
    }
    for mode in ["0", "0755", "7777", "u=rwX,go=rX", "+x", "a+rx,u-s", "$A", "g=u", "u+rw-x"] {
        accepted(&format!("FROM a\nADD --chmod={mode} a b\n"));
    }
}

#[test]
fn checksums_are_for_one_remote_file() {
    let sum = format!("sha256:{}", "0".repeat(64));
    later(&format!("ADD «--checksum={sum}» a b"), InvalidAddFlag);
    later(&format!("ADD «--checksum={sum}» https://a/b https://a/c d/"), InvalidAddFlag);
    later("ADD --checksum=«sha256:0» https://a/b c", InvalidAddFlag);
    later("ADD --checksum=«abc» https://a/b c", InvalidAddFlag);
    accepted(&format!(
        "FROM a\nADD --checksum={sum} https://a/b c\nADD --checksum=abc https://a/b.git c\nADD --checksum=$A https://a/b c\n"
    ));
}

#[test]
fn several_sources_need_a_directory() {
    let error = later("COPY a b «c»", CopyDestinationNotDirectory);
    assert_eq!(error.suggestion.as_deref(), Some("c/"));
    accepted("FROM a\nCOPY a b c/\nCOPY a b .\nCOPY a b $C\nCOPY a* b\nADD a b C:\\\\x\\\\\n");
}

#[test]
fn ports_are_numbers_and_protocols() {
    for port in [
        "«70000»",
        "«80/http»",
        "«9000-8000»",
        "«/tcp»",
        "«a»",
        "«1.2.3:80:80»",
        "«80:»",
        "«-1»",
        "«8000-8001:1-3»",
        "«80-90-100»",
        "«+80»",
    ] {
        later(&format!("EXPOSE {port}"), InvalidExposePort);
    }
    assert_eq!(later("EXPOSE «80/tpc»", InvalidExposePort).suggestion.as_deref(), Some("80/tcp"));
    accepted("FROM a\nEXPOSE 80 53/UDP 8000-8010/sctp 127.0.0.1:80:8080 [::1]::80 0 $A ${B}/tcp \"443\" 80/\n");
}

#[test]
fn signals_exist() {
    assert_eq!(later("STOPSIGNAL «SIGTREM»", InvalidStopsignal).suggestion.as_deref(), Some("SIGTERM"));
    for signal in ["«0»", "«x»", "«RTMIN+16»", "«SIG»"] {
        later(&format!("STOPSIGNAL {signal}"), InvalidStopsignal);
    }
    for signal in ["9", "SIGTERM", "quit", "sigrtmin+3", "RTMAX-14", "$A", "\"HUP\""] {
        accepted(&format!("FROM a\nSTOPSIGNAL {signal}\n"));
    }
}

#[test]
fn mounts_have_known_options() {
    for mount in [
        "type=«chache»",
        "type=cache,«tagret»=/a",
        "«z»",
        "«target»",
        "«required»,type=secret",
        "type=ssh,«size=1»",
        "type=tmpfs,size=«x»,target=/a",
        "type=cache,target=/a,sharing=«x»",
        "type=cache,target=/a,mode=«8»",
        "type=cache,target=/a,uid=«root»",
        "type=cache,target=/a,ro=«yes»",
        "target=/a,«mode=0400»",
        "type=bind,«sharing=locked»,target=/a",
        "type=secret,«from=b»,id=c",
        "type=secret,source=b,«id=c»",
        "type=cache,«target=/.»",
    ] {
        later(&format!("RUN --mount={mount} x"), InvalidMount);
    }
    later("RUN «--mount=type=secret» x", InvalidMount);
    assert_eq!(later("RUN --mount=type=«chache» x", InvalidMount).suggestion.as_deref(), Some("cache"));
    for mount in [
        "target=/a",
        "type=cache,dst=/a,id=b,sharing=LOCKED,mode=0755,uid=1,gid=2,rw",
        "type=tmpfs,destination=/a,size=64m",
        "type=secret,id=a,required,env=B,mode=0400",
        "type=ssh,required=true",
        "type=$A,size=1,mode=1,target=$B",
        "type=bind,src=.,target=/a,readonly=false",
        "TYPE=Cache,Target=/a",
    ] {
        accepted(&format!("FROM a\nRUN --mount={mount} x\n"));
    }
}

#[test]
fn check_directives_have_known_options() {
    refused_later("# check=«skp»=all\nFROM a", &[InvalidCheckDirective]);
    refused_later("# check=«x»\nFROM a", &[InvalidCheckDirective]);
    refused_later("# check=skip=A;error=«yes»\nFROM a", &[InvalidCheckDirective]);
    accepted("# check=skip=A,B;error=true;experimental=all\nFROM a");
}
