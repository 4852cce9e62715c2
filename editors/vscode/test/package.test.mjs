// What the description of the extension says, held against the program and the documentation.
// usage: DLINT=…/dlint npm test     without DLINT: target/debug/dlint
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const dlint = process.env.DLINT ?? path.join(root, "target/debug/dlint");
const read = (name) => readFileSync(path.resolve(here, name), "utf8");
const description = JSON.parse(read("../package.json"));
const { contributes } = description;

test("the problem matcher reads what the program prints", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "dlint-"));
  try {
    mkdirSync(path.join(folder, "a b"));
    writeFileSync(path.join(folder, "a b", "Dockerfile"), "FROM a:latest\nWORKDIR x\nCPY é:1: b[c] d\nUSER root\n");
    writeFileSync(path.join(folder, "compose.yaml"), "services:\n  a:\n    image: x\n    ports: ['5432:5432']\n    depends_on: [b]\n");
    const run = spawnSync(dlint, ["check", "--output-format", "concise", "--color", "never", "--select", "ALL", "."], {
      cwd: folder,
      encoding: "utf8",
    });
    const json = spawnSync(dlint, ["check", "--output-format", "json", "--select", "ALL", "."], { cwd: folder, encoding: "utf8" });
    const wanted = JSON.parse(json.stdout).diagnostics;
    const [{ pattern, fileLocation }] = contributes.problemMatchers;
    const lines = run.stdout.trimEnd().split("\n");
    assert.ok(wanted.length > 8 && new Set(wanted.map((it) => it.level)).size === 4, "all levels are tried");
    const matched = lines.map((line) => new RegExp(pattern.regexp).exec(line)).filter((match) => match !== null);
    assert.equal(matched.length, wanted.length, run.stdout);
    for (const [index, it] of wanted.entries()) {
      const part = (name) => matched[index][pattern[name]];
      assert.deepEqual(
        [part("file"), Number(part("line")), Number(part("column")), part("severity"), part("code"), part("message")],
        [it.path, it.start.line, it.start.column, it.level, it.rule, it.message],
      );
      // Names are those from the folder that the program is started in.
      assert.equal(path.isAbsolute(part("file")), false);
    }
    assert.deepEqual(fileLocation, ["autoDetect", "${workspaceFolder}"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the object of the settings has the keys of a dlint.toml", () => {
  const schema = JSON.parse(execFileSync(dlint, ["config", "schema"], { encoding: "utf8" }));
  const known = Object.keys(schema.properties).filter((key) => key !== "extends");
  const { properties } = contributes.configuration.properties["dlint.configuration"];
  assert.deepEqual(Object.keys(properties).sort(), known.sort());
});

test("commands, settings and pictures are told of and there", () => {
  const source = ["extension", "settings", "binary"].map((name) => read(`../src/${name}.ts`)).join("\n");
  for (const { command } of contributes.commands) {
    assert.match(source, new RegExp(`command\\("${command.slice("dlint.".length)}"`), command);
  }
  const readme = read("../README.md");
  const docs = read("../../../docs/configuration.md");
  for (const name of Object.keys(contributes.configuration.properties)) {
    const [, key, feature] = name.split(".");
    assert.ok(readme.includes(`\`${name}\``) || docs.includes(`\`${feature ?? key}\``), `${name} is documented`);
    assert.match(source, new RegExp(`"${key}"|"${name.slice("dlint.".length)}"`), `${name} is read`);
  }
  for (const { steps } of contributes.walkthroughs) {
    for (const { media } of steps) {
      assert.ok(read(`../${media.markdown ?? media.image}`).length > 0);
    }
  }
});

test("what a folder is trusted with is restricted", () => {
  const { properties } = contributes.configuration;
  const restricted = description.capabilities.untrustedWorkspaces.restrictedConfigurations;
  for (const name of restricted) {
    assert.ok(name in properties, name);
  }
  for (const [name, { scope }] of Object.entries(properties)) {
    const isOfServer = ["dlint.path", "dlint.importStrategy", "dlint.logFile", "dlint.logLevel", "dlint.trace.server"].includes(name);
    assert.equal(scope === "resource", !isOfServer, `${name} is one of each folder`);
  }
});
