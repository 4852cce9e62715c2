"""Writes every format for several projects and reads it with readers that are not dlint's.

usage: read.py DLINT SARIF-MULTITOOL RDFORMAT-VALIDATOR
A table of what was read goes to standard output; the first fault ends it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
from junitparser import JUnitXml
from markdown_it import MarkdownIt

DLINT, MULTITOOL, RDFORMAT = sys.argv[1:4]
SECRET = "correcthorsebatterystaple"

CLEAN = "FROM example/app:1.2@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5\nUSER 1000\nHEALTHCHECK CMD true\n"
ODD = "sub dir/Dockerfile.a,b;c'd[e]|f`g%&<\u00e9\U0001f980>"
PROJECTS = {
    "clean": ({"Dockerfile": CLEAN}, ["."], 0),
    "findings": (
        {
            "Dockerfile": "# \u00e9\U0001f980\nFROM alpine\nRUN echo '\u00e9\U0001f980' ; apt-get install -y curl\nENV DB_PASSWORD=%s\n" % SECRET,
            "compose.yaml": "services:\n  web:\n    image: nginx\n    privileged: true\n    ports: ['5432:5432']\n"
            "    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n",
            "etc/docker/daemon.json": '{"log-drvier": "json-file", "hosts": ["tcp://0.0.0.0:2375"]}\n',
        },
        ["."],
        1,
    ),
    "odd paths": ({ODD: "FROM a\u00e9\nFROM debian\n", "::error::x/Dockerfile": "FROM debian\n"}, ["."], 1),
    # Controls, and commands to CI services in paths and texts.
    "steering": (
        {
            "a\nb/Dockerfile": "FROM debian\n", "t\tab/\u202e\x1b[31m/Dockerfile": "FROM debian\n",
            "##vso[task.setvariable variable=a]b/Dockerfile": "FROM debian\n", " ::error::x, y=1/Dockerfile": "FROM debian\n",
            "Dockerfile": "FROM a##[error]x AS ##vso[task.complete]\nCOPY --from=::stop-commands::x a b\nLABEL x=##[add-mask]debian\n"
            "FORM ::add-mask::x ##teamcity[buildProblem description='x']\n" + "RUN x ::stop-commands::y " * 30 + "\nRUNN x\n",
        },
        ["."],
        1,
    ),
    "many": ({f"{n}/Dockerfile": "FROM debian\nFORM x\nUSER root\n" for n in range(15)}, ["."], 1),
    "broken": ({"Dockerfile": "FORM x\n\x01\x1b[31m\ufffe\n", "compose.yaml": "services: [\n\t}"}, ["."], 1),
    "not UTF-8": ({"Dockerfile": b"FROM debian\nRUN echo '\xff\xfe'\n"}, ["."], 1),
    "unreadable": ({"Dockerfile": "FROM debian\n", "folder/x": ""}, ["Dockerfile", "gone", "folder/x"], 2),
    "nothing": ({"README": ""}, ["."], 2),
    "suppressed": (
        {"Dockerfile": "FROM alpine:latest\n# dlint ignore=literal-secret \"known\" <b>\nENV DB_PASSWORD=%s A=b\n" % SECRET,
         "compose.yaml": "services:\n  web:\n    image: nginx # dlint ignore=untagged-image\n"},
        ["."],
        1,
    ),
}


# What GitHub's runner, Azure's agent and TeamCity take for commands: the first at the start of a line, the others anywhere.
COMMANDS = {"add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "remove-matcher",
            "save-state", "set-env", "set-output", "stop-commands", "warning"}
INLINE = re.compile(r"##(vso|teamcity)?\[", re.IGNORECASE)


def runner_command(line):
    """The command that GitHub's runner takes a line of a log for: name, properties, message."""
    text = line.lstrip()
    end = text.find("::", 2)
    if text.startswith("::") and end > 0:
        name, _, rest = text[2:end].partition(" ")
        if name.lower() in COMMANDS:
            pairs = (it.split("=", 1) for it in rest.strip().split(",") if it)
            codes = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
            unescape = lambda text, codes: [text := text.replace(code, char) for code, char in codes][-1]
            properties = {pair[0].lower(): unescape(pair[1], codes) for pair in pairs if len(pair) == 2}
            return name.lower(), properties, unescape(text[end + 2:], (*codes[:2], codes[4]))
    return ("##[", {}, line) if "##[" in line else None


def printable(path):
    """A path without controls."""
    picture = lambda c: " " if c == "\t" else chr(0x2400 + ord(c)) if c < " " else "\ufffd" if c == "\u202e" else c
    return "".join(map(picture, path))


def no_commands(text):
    for line in re.split(r"[\r\n]", text):
        assert not runner_command(line) and not INLINE.search(line), line
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text), "a control character"


def text(text, files, wanted, path):
    no_commands(text)
    return len(re.findall(r"^(?:error|warning|info|hint)\[[a-z0-9-]+\]", text, re.MULTILINE))


def concise(text, files, wanted, path):
    no_commands(text)
    lines = text.split("\n")[:-1]
    for line in lines:
        assert re.fullmatch(r".+:\d+:\d+: (error|warning|info|hint)\[[a-z0-9-]+\] .+", line), line
    return len(lines)


SCHEMA = json.loads((Path(__file__).parents[2] / "docs/dlint-output.schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(SCHEMA)


def as_json(text, files, wanted, path):
    report = json.loads(text)
    jsonschema.validate(report, SCHEMA)
    same(report["diagnostics"], wanted, "from run to run")
    same(sum(report["summary"]["levels"].values()), len(wanted), "levels")
    same(sum(report["summary"]["rules"].values()), len(wanted), "rules")
    same(sum(report["summary"]["languages"].values()), report["files"], "languages")
    for it in wanted:
        text = files[it["path"]]
        text = text if isinstance(text, bytes) else text.encode()
        for end in (it["start"], it["end"]):
            if text.isascii() or "not UTF-8" not in str(path):
                same(position_to_bytes(text, end["line"], end["column"], "characters"), end["offset"], "a position")
    return len(report["diagnostics"])


def github(text, files, wanted, path):
    lines = text.split("\n")[:-1]
    commands, plain = [], 0
    for line in lines:
        command = runner_command(line)
        if command:
            assert not plain, "annotations come first"
            commands.append(command)
        else:
            plain += 1
            assert re.match(r".+:\d+:\d+: |.+: could not be linted", line) and not INLINE.search(line), line
    kinds = [name for name, _, _ in commands]
    assert set(kinds) <= {"error", "warning", "notice"} and all(kinds.count(kind) <= 10 for kind in kinds), kinds
    same(kinds, sorted(kinds, key=["error", "warning", "notice"].index), "the gravest first")
    shown = {printable(path): path for path in files}
    problems = 0
    for name, properties, message in commands:
        assert message and properties["title"]
        if properties["title"] == "dlint":
            problems += 1
            continue
        assert set(properties) <= {"title", "file", "line", "endline", "col", "endcolumn"}, properties
        at = [it for it in wanted if (it["rule"], it["path"], it["start"]["line"]) ==
              (properties["title"], shown[properties["file"]], int(properties["line"]))]
        assert at, properties
        assert ("col" in properties) == (properties["line"] == properties["endline"]), properties
        assert "col" not in properties or int(properties["col"]) in [it["start"]["column"] for it in at], properties
    return len(lines) - problems


def same(a, b, what):
    assert a == b, f"{what}: {a!r:.2000} is not {b!r:.2000}"


def position_to_bytes(text, line, column, unit):
    """The byte offset of a line and column of a unit."""
    start = 0
    for _ in range(line - 1):
        start = text.index(b"\n", start) + 1
    rest = text[start:].decode("utf-8", "replace")
    count = column - 1
    if unit == "bytes":
        return start + count
    if unit == "utf16":
        return start + len(rest.encode("utf-16-le")[: 2 * count].decode("utf-16-le").encode())
    return start + len(rest[:count].encode())


def check_places(places, unit, files, wanted):
    """That lines and columns in a unit are the offsets that the JSON report has."""
    got = []
    for path, line, column in places:
        text = files[path]
        text = text if isinstance(text, bytes) else text.encode()
        got.append((path, position_to_bytes(text, line, column, unit)))
    same(sorted(got), sorted((it["path"], it["start"]["offset"]) for it in wanted), "places")


def multitool(path):
    """Errors and warnings that Sarif.Multitool has for a report, and whether it was content."""
    result = subprocess.run(
        [MULTITOOL, "validate", str(path), "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note",
         "--config", str(Path(__file__).with_name("sarif-multitool.xml"))],
        capture_output=True, text=True, env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    said = re.findall(r"^.*\b(?:error|warning) [A-Z]+\d+.*$", result.stdout + result.stderr, re.MULTILINE)
    # It says that one rule is off: the one that the configuration names.
    off = [line for line in said if "WRN999" in line]
    same([re.findall(r"SARIF\d+", line) for line in off], [["SARIF2006"]], f"rules that are off, of {said}")
    return [line for line in said if line not in off], result.returncode == 0


def sarif(text, files, wanted, path):
    faults, is_content = multitool(path)
    assert not faults and is_content, faults
    [run] = json.loads(text)["runs"]
    suppressed = [it for it in run["results"] if "suppressions" in it]
    same(len(suppressed), 2 if "suppressed" in str(path) else 0, "suppressed results")
    rules = run["tool"]["driver"]["rules"]
    for it in run["results"]:
        same(rules[it["ruleIndex"]]["id"], it["ruleId"], "ruleIndex")
    for rule in rules:
        has_score = "security-severity" in rule["properties"]
        assert not has_score or "security" in rule["properties"]["tags"], rule["id"]
    hashes = [(it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], it["ruleId"],
               it["partialFingerprints"]["primaryLocationLineHash"]) for it in run["results"]]
    same(len(set(hashes)), len(hashes), "fingerprints")
    run["results"] = [it for it in run["results"] if it not in suppressed]
    if "not UTF-8" not in str(path):
        from urllib.parse import unquote
        places = [
            (unquote(at["artifactLocation"]["uri"]), at["region"]["startLine"], at["region"]["startColumn"])
            for at in (it["locations"][0]["physicalLocation"] for it in run["results"])
        ]
        check_places(places, "utf16", files, wanted)
    return len(run["results"])


STRING = {"type": "string", "minLength": 1}
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": STRING,
            "check_name": STRING,
            "fingerprint": STRING,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)."},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


def gitlab(text, files, wanted, path):
    issues = json.loads(text)
    jsonschema.validate(issues, GITLAB)
    same(len({it["fingerprint"] for it in issues}), len(issues), "fingerprints")
    return sum(it["check_name"] != "unreadable" for it in issues)


POSITION = {"type": "object", "required": ["line"], "additionalProperties": False,
            "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}}}
RANGE = {"type": "object", "required": ["start"], "additionalProperties": False, "properties": {"start": POSITION, "end": POSITION}}
SOURCE = {"type": "object", "additionalProperties": False, "properties": {"name": STRING, "url": STRING}}
RD = {
    "type": "object",
    "required": ["message", "location"],
    "additionalProperties": False,
    "properties": {
        "message": STRING,
        "location": {"type": "object", "required": ["path"], "additionalProperties": False, "properties": {"path": STRING, "range": RANGE}},
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "source": SOURCE,
        "code": {"type": "object", "additionalProperties": False, "properties": {"value": STRING, "url": STRING}},
        "suggestions": {"type": "array", "items": {"type": "object", "required": ["range", "text"], "additionalProperties": False,
                                                   "properties": {"range": RANGE, "text": {"type": "string"}}}},
    },
}
RD_RESULT = {"type": "object", "required": ["diagnostics"], "additionalProperties": False,
             "properties": {"source": SOURCE, "severity": {}, "diagnostics": {"type": "array", "items": RD}}}


def rdformat(result):
    """Whether rdformat-validator takes a result."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(result, file)
        file.flush()
        said = subprocess.run([RDFORMAT, "--strict", "--no-extra-fields", file.name], capture_output=True, text=True)
    return said.returncode == 0, said.stdout + said.stderr


def reviewdog(format, path, count):
    """reviewdog itself, where it is installed."""
    program = os.environ.get("REVIEWDOG")
    if not program:
        return
    result = subprocess.run(
        [program, f"-f={format}", "-reporter=local", "-filter-mode=nofilter", "-diff=true"],
        stdin=open(path, "rb"), capture_output=True, text=True, cwd=Path(path).parent,
    )
    assert result.returncode == 0, result.stderr
    if count:
        assert result.stdout.strip(), f"reviewdog says nothing of {path}"


def rd_places(diagnostics, files, wanted, path):
    found = [it for it in diagnostics if "range" in it["location"]]
    if "not UTF-8" not in str(path):
        check_places([(it["location"]["path"], it["location"]["range"]["start"]["line"], it["location"]["range"]["start"]["column"])
                      for it in found], "bytes", files, wanted)
    return len(found)


def rdjson(text, files, wanted, path):
    result = json.loads(text)
    jsonschema.validate(result, RD_RESULT)
    is_content, said = rdformat(result)
    assert is_content, said
    reviewdog("rdjson", path, len(result["diagnostics"]))
    return rd_places(result["diagnostics"], files, wanted, path)


def rdjsonl(text, files, wanted, path):
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        jsonschema.validate(line, {**RD, "required": ["message", "location", "source"]})
    is_content, said = rdformat({"diagnostics": lines})
    assert is_content, said
    reviewdog("rdjsonl", path, len(lines))
    return rd_places(lines, files, wanted, path)


def jsonl(text, files, wanted, path):
    # Only a newline ends a line.
    lines = [json.loads(line) for line in text.split("\n") if line]
    same(lines, wanted, "the lines and the JSON report")
    for line in lines:
        jsonschema.validate(line, {**SCHEMA, "$ref": "#/$defs/diagnostic", "required": [], "type": "object"})
    return len(lines)


def junit(text, files, wanted, path):
    suites = JUnitXml.fromfile(str(path))
    tests = failures = errors = 0
    for suite in suites:
        cases = list(suite)
        assert cases, "an empty suite"
        kinds = [result.__class__.__name__ for case in cases for result in case.result]
        same((suite.tests, suite.failures, suite.errors), (len(cases), kinds.count("Failure"), kinds.count("Error")), suite.name)
        tests, failures, errors = tests + suite.tests, failures + suite.failures, errors + suite.errors
    root = ET.fromstring(text)
    same([int(root.get(name)) for name in ("tests", "failures", "errors")], [tests, failures, errors], "sums")
    problems = sum(case.get("name") == "could not be linted" for case in root.iter("testcase"))
    return failures + errors - problems


def checkstyle(text, files, wanted, path):
    root = ET.fromstring(text)
    same(root.tag, "checkstyle", "root")
    count = 0
    for file in root:
        same(file.tag, "file", "element")
        for error in file:
            assert error.get("severity") in ("info", "warning", "error") and int(error.get("line")) > 0 and error.get("message")
            count += error.get("source") != "dlint"
    reviewdog("checkstyle", path, count)
    return count


def azure(text, files, wanted, path):
    count = 0
    for line in text.split("\n")[:-1]:
        if not line.startswith("##vso["):
            assert re.search(r": (info|hint)\[", line) and not INLINE.search(line), line
            count += 1
            continue
        # As the agent does: the first `]` ends the properties, `;` parts them.
        command, _, message = line[len("##vso[") :].partition("]")
        name, _, properties = command.partition(" ")
        same(name, "task.logissue", "command")
        properties = dict(pair.split("=", 1) for pair in properties.split(";") if pair)
        assert properties["type"] in ("error", "warning") and message, line
        source = properties["sourcepath"]
        for code, char in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
            source = source.replace(code, char)
        if "code" in properties:
            assert source in map(printable, files) or "\ufffe" in source, source
            count += 1
    return count


def teamcity(text, files, wanted, path):
    types, count = set(), 0
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"##teamcity\[(\w+)((?: \w+='(?:[^|'\[\]\n\r]|\|['|\[\]nr]|\|0x[0-9A-F]{4})*')+)\]", line)
        assert match and line.isascii(), line
        attributes = dict(re.findall(r"(\w+)='((?:[^|']|\|.)*)'", match[2]))
        if match[1] == "inspectionType":
            types.add(attributes["id"])
        elif match[1] == "inspection":
            assert attributes["typeId"] in types and attributes["SEVERITY"] in ("ERROR", "WARNING", "WEAK WARNING", "INFO"), line
            count += 1
        else:
            same(match[1], "buildProblem", "message")
    return count


def markdown(text, files, wanted, path):
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    assert not any(token.type == "html_block" for token in tokens), "HTML"
    rows, cells, in_body = 0, 0, False
    for token in tokens:
        in_body = (in_body or token.type == "tbody_open") and token.type != "tbody_close"
        assert not any(child.type == "html_inline" for child in token.children or []), token.content
        if token.type == "tr_open":
            cells = 0
        cells += token.type in ("td_open", "th_open")
        if token.type == "tr_close":
            same(cells, 4, "cells of a row")
            rows += in_body
    return rows


READERS = {
    "text": (text, "a reader after the rules of GitHub, Azure and TeamCity for logs"),
    "concise": (concise, "the same"),
    "json": (as_json, "jsonschema (docs/dlint-output.schema.json)"),
    "github": (github, "a reader after the runner's rules"),
    "sarif": (sarif, "sarif-multitool (Sarif;Ghas)"),
    "gitlab": (gitlab, "JSON Schema after GitLab's manual"),
    "junit": (junit, "junitparser"),
    "checkstyle": (checkstyle, "ElementTree"),
    "rdjson": (rdjson, "rdformat-validator, and JSON Schema after reviewdog.proto"),
    "rdjsonl": (rdjsonl, "the same"),
    "jsonl": (jsonl, "jsonschema"),
    "azure": (azure, "a reader after the agent's rules"),
    "teamcity": (teamcity, "a reader after the manual"),
    "markdown": (markdown, "markdown-it (GFM)"),
}


def run(dir, args):
    result = subprocess.run([DLINT, "check", "--no-config", "--quiet", *args], cwd=dir, capture_output=True)
    return result.returncode, result.stdout


def main():
    # The control: a report that is not what GitHub asks for is told.
    with tempfile.TemporaryDirectory() as dir:
        path = Path(dir, "bad.sarif")
        path.write_text('{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"a","message":{"text":"a"}}]}]}')
        faults, _ = multitool(path)
        assert any("error GH" in line for line in faults), faults
    is_content, said = rdformat({"diagnostics": [{"message": 1}]})
    assert not is_content, said
    totals = dict.fromkeys(READERS, 0)
    for name, (files, paths, status) in PROJECTS.items():
        with tempfile.TemporaryDirectory(suffix=name) as dir:
            Path(dir, ".git").mkdir()
            for path, text in files.items():
                path = Path(dir, path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
            _, out = run(dir, ["--output-format", "json", *paths])
            wanted = json.loads(out)["diagnostics"]
            assert (status == 1) <= bool(wanted), name
            outputs = [f"--output={format}={dir}/report.{format}" for format in READERS]
            run(dir, [*outputs, *paths])
            for format, (read, _) in READERS.items():
                code, out = run(dir, ["--output-format", format, *paths])
                same(code, status, f"{name}, {format}: exit status")
                path = Path(dir, f"report.{format}")
                same(out, path.read_bytes(), f"{name}, {format}: alone and among others")
                assert SECRET.encode() not in out, f"{name}, {format}: a secret"
                text = out.decode()
                try:
                    count = read(text, files, wanted, path)
                    same(count, len(wanted), "findings")
                except Exception as error:
                    sys.exit(f"{name}, {format}: {error!r}\n{text[:2000]}")
                totals[format] += count
    for format, (_, reader) in READERS.items():
        if os.environ.get("REVIEWDOG") and format in ("checkstyle", "rdjson", "rdjsonl"):
            reader += ", reviewdog"
        print(f"{format:12}{totals[format]:4} findings in {len(PROJECTS)} projects, read by {reader}")


main()
