// Run by test.sh: opens files in the workbench and checks what a person would see.
// usage: node workbench.cjs URL PROJECT SETTINGS DLINT RESULT
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [url, project, settings, dlint, result] = process.argv.slice(2);
const WAIT = 40_000;

/** What the server says it can do. */
function capabilities() {
  const server = spawn(dlint, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("no answer to initialize")), 10_000);
    let text = "";
    server.stdout.on("data", (data) => {
      text += data;
      const start = text.indexOf("{");
      try {
        const answer = JSON.parse(text.slice(start));
        clearTimeout(late);
        server.kill();
        resolve(answer.result.capabilities);
      } catch {
        // Not all of it is here yet.
      }
    });
  });
}

function ok(message) {
  console.log(`ok: ${message}`);
}

async function run(page, can) {
  const editor = page.locator(".editor-instance .monaco-editor").first();
  const squiggles = page.locator(".editor-instance .squiggly-error, .editor-instance .squiggly-warning, .editor-instance .squiggly-info");
  const word = (text) => page.locator(".editor-instance .view-line span span", { hasText: text }).first();

  async function open(name) {
    await page.keyboard.press("Control+P");
    const input = page.locator(".quick-input-widget input").first();
    await input.waitFor({ state: "visible", timeout: WAIT });
    await input.fill(name);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
    await page.locator(".tab.active", { hasText: name }).waitFor({ timeout: WAIT });
    await editor.locator(".view-lines").click({ position: { x: 300, y: 5 } });
  }

  /** Puts the cursor on a line, 1-based. */
  async function goTo(line, column) {
    await page.keyboard.press("Control+G");
    const input = page.locator(".quick-input-widget input").first();
    await input.waitFor({ state: "visible", timeout: WAIT });
    await input.fill(`:${line}:${column}`);
    await page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden", timeout: WAIT });
  }

  async function hover(line, column, text) {
    await goTo(line, column);
    const box = page.locator(".monaco-hover:not(.hidden)", { hasText: text }).first();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await page.keyboard.press("Control+K");
      await page.keyboard.press("Control+I");
      if (await box.waitFor({ state: "visible", timeout: 4000 }).then(() => true, () => false)) {
        return;
      }
    }
    throw new Error(`no hover with "${text}" at ${line}:${column}`);
  }

  async function quickFix(line, column, title, changed) {
    await goTo(line, column);
    await page.keyboard.press("Control+.");
    // The best fix is the first one, and has the focus.
    const action = page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first();
    await action.waitFor({ state: "visible", timeout: WAIT });
    await page.keyboard.press("Enter");
    await page.locator(".editor-instance .view-line", { hasText: changed }).first().waitFor({ timeout: WAIT });
  }

  /** Chooses a completion on a line of its own, and wants the line to be that then. */
  async function chosen(line, text, wanted, changed) {
    await completion(line, text, wanted, false);
    await page.locator(".suggest-widget .monaco-list-row", { hasText: wanted }).first().click();
    await page.locator(".editor-instance .view-line", { hasText: changed }).first().waitFor({ timeout: WAIT });
    // So that what comes next finds the text as it was.
    await page.keyboard.press("Escape");
    for (let line = 0; line < 40; line += 1) {
      await page.keyboard.press("Control+Z");
    }
  }

  async function completion(line, text, wanted, isLeft = true) {
    await goTo(line, 200);
    await page.keyboard.press("Enter");
    await page.keyboard.type(text);
    const item = page.locator(".suggest-widget .monaco-list-row", { hasText: wanted }).first();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await page.keyboard.press("Control+Space");
      if (await item.waitFor({ state: "visible", timeout: 4000 }).then(() => true, () => false)) {
        if (isLeft) {
          await page.keyboard.press("Escape");
        }
        return;
      }
    }
    throw new Error(`no completion "${wanted}" behind "${text}"`);
  }

  /** Presses a button of a message. */
  async function answers(text, button) {
    const message = page.locator(".notifications-toasts .notification-list-item", { hasText: text }).first();
    await message.waitFor({ state: "visible", timeout: WAIT });
    if (button === undefined) {
      await message.hover();
      await message.locator(".codicon-notifications-clear").first().click();
    } else {
      await message.locator(".monaco-button", { hasText: button }).first().click();
    }
    await message.waitFor({ state: "hidden", timeout: WAIT });
  }

  async function becomes(test, what) {
    for (const end = Date.now() + WAIT; !test(); ) {
      if (Date.now() > end) {
        throw new Error(`not so: ${what}`);
      }
      await page.waitForTimeout(100);
    }
  }

  /** Runs a command by its title. */
  async function command(title) {
    await page.keyboard.press("F1");
    const input = page.locator(".quick-input-widget input").first();
    await input.waitFor({ state: "visible", timeout: WAIT });
    await input.fill(`>${title}`);
    // Others may have the words of it, too, and stand before it for a moment.
    await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first().click();
  }

  /** Chooses an entry of a list that is open. */
  async function choose(text) {
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
    await row.waitFor({ state: "visible", timeout: WAIT });
    await row.click();
  }

  await page.goto(`${url}/?folder=${encodeURIComponent(project)}`);
  await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "Dockerfile" }).first().waitFor({ timeout: WAIT });

  await answers("Another Linter", "Switch Them Off");
  await becomes(() => readSettings()["docker.languageserver.diagnostics.instructionCasing"] === "ignore", "the checks are off");
  ok("the same checks of another extension are switched off by whoever wants it");

  await open("Dockerfile");
  await squiggles.first().waitFor({ state: "attached", timeout: WAIT });
  ok("a Dockerfile has squiggles");
  await hover(5, 7, "The container is told to run as root");
  await page.locator(".monaco-hover:not(.hidden)", { hasText: "Quick Fix..." }).first().waitFor({ timeout: WAIT });
  ok("the pointer on a finding of a Dockerfile shows the rule");
  await page.screenshot({ path: path.join(result, "hover.png") });
  await page.keyboard.press("Escape");
  await hover(3, 2, "docs.docker.com").catch(() => hover(3, 2, "WORKDIR"));
  ok("the pointer on an instruction explains it");
  await page.keyboard.press("Escape");
  await quickFix(2, 17, "log", "--no-log-init");
  ok("a quick fix changes a Dockerfile");
  if (can.completionProvider) {
    await completion(6, "HEALTH", "HEALTHCHECK");
    ok("completion in a Dockerfile");
  }

  if (can.completionProvider) {
    await chosen(3, "COPY web", "web.conf", "COPY web.conf");
    ok("completion of a path of COPY");
    await chosen(3, "HEALTHC", "HEALTHCHECK", "HEALTHCHECK --interval=30s --timeout=5s CMD command");
    ok("completion with places to fill in");
  }

  await open("compose.yaml");
  await squiggles.first().waitFor({ state: "attached", timeout: WAIT });
  ok("a Compose file has squiggles");
  await hover(6, 12, "docker-socket-mount");
  ok("the pointer on a finding of a Compose file shows the rule");
  await page.keyboard.press("Escape");
  await quickFix(4, 17, "true", "read_only: true");
  ok("a quick fix changes a Compose file");
  if (can.completionProvider) {
    await completion(3, "restar", "restart");
    ok("completion in a Compose file");
    await chosen(3, "env_file: web", "web.conf", "env_file: web.conf");
    ok("completion of an env_file");
    await chosen(3, "build: {context: bui", "build/", "build: {context: build/");
    ok("completion of a build context in brackets");
    await chosen(3, "image: a:${TA", "${TAG}", "image: a:${TAG}");
    ok("completion of a variable whose bracket the editor closed");
  } else {
    console.log("not tried: completion, which the server does not advertise");
  }

  await command("Tasks: Run Task");
  await choose("dlint");
  await choose("dlint: check");
  await page.locator(".panel .xterm").first().waitFor({ timeout: WAIT });
  await command("Problems: Focus on Problems View");
  const problem = (text) => page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
  await problem("Dockerfile.job").waitFor({ timeout: WAIT });
  await problem("[Ln 2, Col 6]").waitFor({ timeout: WAIT });
  await page.screenshot({ path: path.join(result, "task.png") });
  ok("a task lists what is wrong in files that are not open");
  await command("View: Toggle Panel Visibility");

  await open("Dockerfile.job");
  writeSettings({ "dlint.features.codeLens": true });
  await page.locator(".codelens-decoration", { hasText: "used by service job" }).first().waitFor({ timeout: WAIT });
  ok("a line above a stage says who uses it");
  await page.locator(".codelens-decoration a", { hasText: "used by service job" }).first().click();
  await page.locator(".tab.active", { hasText: "compose.yaml" }).waitFor({ timeout: WAIT });
  ok("it leads to the service");

  writeSettings({ "dlint.features.codeLens": true, "dlint.configuration": { select: ["root-user"] } });
  await open("Dockerfile.job");
  await page.locator(".codelens-decoration", { hasText: "1 finding" }).first().waitFor({ timeout: WAIT });
  ok("what the settings put upon the configuration file holds");
  writeSettings({ "dlint.configuration": { ignroe: ["root-user"] } });
  await answers("did you mean `ignore`");
  ok("what is wrong with it is told");
  writeSettings({ "dlint.configuration": {} });

  await command("dlint: Show Server Trace");
  await answers("nothing is traced yet", "Switch On");
  await becomes(() => readSettings()["dlint.trace.server"] === "verbose", "the trace is on");
  ok("the trace of the server is shown");
  await command("dlint: Create Configuration File");
  await page.locator(".tab.active", { hasText: "dlint.toml" }).waitFor({ timeout: WAIT });
  ok("a configuration file that is there is opened, not written again");
}

/** The settings of the user. */
function readSettings() {
  try {
    return JSON.parse(fs.readFileSync(settings, "utf8"));
  } catch {
    // It is being written.
    return {};
  }
}

/** Changes the settings of the folder, as if somebody wrote them into their file. */
function writeSettings(changed) {
  fs.mkdirSync(path.join(project, ".vscode"), { recursive: true });
  fs.writeFileSync(path.join(project, ".vscode", "settings.json"), JSON.stringify(changed, undefined, 2));
}

async function main() {
  const can = await capabilities();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1000, height: 560 } });
  try {
    await run(page, can);
  } catch (error) {
    await page.screenshot({ path: path.join(result, "failed.png") });
    console.error(`FAILED: ${error.message}\nSee ${path.join(result, "failed.png")}`);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

main();
