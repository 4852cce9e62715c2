// dlint in VS Code: starts the language server and gives its commands a place.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
} from "vscode-languageclient/node";
import { type Binary, find } from "./binary";

const run = promisify(execFile);

/** What the server is asked about. Files of other names that people call Dockerfiles or Compose files have the language. */
const SELECTOR = [
  { language: "dockerfile", scheme: "file" },
  { language: "dockerfile", scheme: "untitled" },
  { language: "dockercompose", scheme: "file" },
  { language: "dockercompose", scheme: "untitled" },
  { pattern: "**/{compose,docker-compose,podman-compose}*.{yml,yaml}", scheme: "file" },
  { pattern: "**/daemon.json", scheme: "file" },
];

/** Settings that the server is started with. */
const RESTARTING = ["enable", "path", "importStrategy", "logFile", "features", "run", "fixAll"];

/** Settings that a folder nobody trusts must not set: they name files. */
const TRUSTED = ["configurationFile"];

/** What the server is told of the settings. */
function serverSettings(): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration("dlint");
  const rules = ["configurationFile", "configurationPreference", "policy", "select", "ignore", "minRating", "noCompat"];
  const keys = [...rules, "run", "features", "fixAll", "fixUnsafe", "showRuleDocs", "logLevel"];
  const trusted = keys.filter((key) => vscode.workspace.isTrusted || !TRUSTED.includes(key));
  return Object.fromEntries(trusted.map((key) => [key, settings.get(key)]));
}

/** How often the server may crash within three minutes before it is left alone. */
const MOST_CRASHES = 5;

let client: LanguageClient | undefined;
let binary: Binary | undefined;
let output: vscode.LogOutputChannel;
let status: vscode.LanguageStatusItem;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("dlint", { log: true });
  status = vscode.languages.createLanguageStatusItem("dlint", SELECTOR);
  status.name = "dlint";
  context.subscriptions.push(output, status);
  const command = (name: string, action: () => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(`dlint.${name}`, action));
  command("restart", () => restart(context));
  command("showOutput", () => output.show());
  command("fixAll", fixAll);
  command("explain", explain);
  command("openConfiguration", openConfiguration);
  command("debugInformation", printDebugInformation);
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => restart(context)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (RESTARTING.some((key) => change.affectsConfiguration(`dlint.${key}`))) {
        void restart(context);
      } else if (change.affectsConfiguration("dlint")) {
        void client?.sendNotification("workspace/didChangeConfiguration", { settings: serverSettings() });
      }
    }),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function restart(context: vscode.ExtensionContext): Promise<void> {
  await stop();
  await start(context);
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose().catch((error: unknown) => output.warn(`The server did not stop in order: ${String(error)}`));
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const settings = vscode.workspace.getConfiguration("dlint");
  if (!settings.get("enable", true)) {
    show("off", undefined, vscode.LanguageStatusSeverity.Information);
    return;
  }
  try {
    binary = await find(context);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    return;
  }
  output.info(`Runs ${binary.path} (${binary.source}), version ${binary.version}.`);
  const logFile = vscode.workspace.isTrusted ? settings.get("logFile", "") : "";
  const args = ["lsp", ...(logFile === "" ? [] : ["--log-file", logFile])];
  const server: ServerOptions = { command: binary.path, args };
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    initializationOptions: serverSettings(),
    diagnosticPullOptions: { onChange: settings.get("run") !== "onSave", onSave: true },
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: crashes(),
  };
  client = new LanguageClient("dlint", "dlint", server, options);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) {
      show(`dlint ${binary?.version ?? ""}`, binary?.path, vscode.LanguageStatusSeverity.Information);
    }
  });
  try {
    await client.start();
  } catch (error) {
    fail(`The server does not start: ${String(error)}`);
  }
}

/** Starts the server again after a crash, unless it crashes all the time. */
function crashes(): ErrorHandler {
  const times: number[] = [];
  return {
    error: (error) => {
      output.error(error.message);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      if (client === undefined) {
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      const now = Date.now();
      times.push(now);
      if (times.filter((time) => now - time < 180_000).length < MOST_CRASHES) {
        return { action: CloseAction.Restart };
      }
      fail(`The server crashed ${MOST_CRASHES} times within three minutes, and is left alone.`);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

function show(text: string, detail: string | undefined, severity: vscode.LanguageStatusSeverity): void {
  status.text = text;
  status.detail = detail ?? "";
  status.severity = severity;
  status.command = { command: "dlint.showOutput", title: "Show Output" };
}

function fail(message: string): void {
  output.error(message);
  show("dlint does not run", message, vscode.LanguageStatusSeverity.Error);
  void vscode.window.showErrorMessage(`dlint: ${message}`, "Restart", "Show Output").then((choice) => {
    if (choice === "Restart") {
      void vscode.commands.executeCommand("dlint.restart");
    } else if (choice === "Show Output") {
      output.show();
    }
  });
}

/** Applies the safe fixes to the file in the editor, as `dlint --fix` does. */
async function fixAll(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return;
  }
  const { document } = editor;
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    whole,
    "source.fixAll.dlint",
  );
  const action = actions.find((it) => it.edit !== undefined);
  if (action?.edit === undefined) {
    void vscode.window.setStatusBarMessage("dlint: nothing to fix", 3000);
    return;
  }
  await vscode.workspace.applyEdit(action.edit);
}

/** Shows the page of a rule: of one in this file, or of any. */
async function explain(): Promise<void> {
  if (binary === undefined) {
    return;
  }
  const { stdout } = await run(binary.path, ["rules", "--output-format", "json"], { maxBuffer: 1 << 26 });
  const rules = JSON.parse(stdout) as { rule: string; summary: string; level: string }[];
  const document = vscode.window.activeTextEditor?.document;
  const found = new Set(
    (document === undefined ? [] : vscode.languages.getDiagnostics(document.uri))
      .filter((diagnostic) => diagnostic.source === "dlint")
      .map(({ code }) => (typeof code === "object" ? String(code.value) : String(code))),
  );
  const items = rules.map((rule) => ({ label: rule.rule, description: rule.level, detail: rule.summary }));
  items.sort((left, right) => Number(found.has(right.label)) - Number(found.has(left.label)));
  const choice = await vscode.window.showQuickPick(items, { placeHolder: "Rule", matchOnDetail: true });
  if (choice === undefined) {
    return;
  }
  const page = await run(binary.path, ["explain", choice.label, "--color", "never"], { maxBuffer: 1 << 24 });
  const shown = await vscode.workspace.openTextDocument({ language: "markdown", content: page.stdout });
  await vscode.window.showTextDocument(shown, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}

/** Opens the nearest configuration file, or offers to write one. */
async function openConfiguration(): Promise<void> {
  const files = await vscode.workspace.findFiles("**/{dlint.toml,.dlint.toml}", "**/node_modules/**", 20);
  const [first] = files;
  if (files.length === 1 && first !== undefined) {
    await vscode.window.showTextDocument(first);
    return;
  }
  if (files.length > 1) {
    const items = files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
    const choice = await vscode.window.showQuickPick(items, { placeHolder: "Configuration file" });
    if (choice !== undefined) {
      await vscode.window.showTextDocument(choice.uri);
    }
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    return;
  }
  const create = await vscode.window.showInformationMessage("There is no dlint.toml yet.", "Create it");
  if (create !== undefined) {
    const uri = vscode.Uri.joinPath(folder.uri, "dlint.toml");
    const text = "# ignore = [\"missing-healthcheck\"]\n\n[rules]\n# floating-tag = \"error\"\n";
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    await vscode.window.showTextDocument(uri);
  }
}

function printDebugInformation(): void {
  const settings = vscode.workspace.getConfiguration("dlint");
  output.info(
    [
      `dlint: ${binary === undefined ? "none" : `${binary.path} (${binary.source}), ${binary.version}`}`,
      `server: ${client === undefined ? "off" : State[client.state]}`,
      `VS Code: ${vscode.version}, ${process.platform} ${process.arch}`,
      `workspace: ${vscode.workspace.isTrusted ? "trusted" : "not trusted"}`,
      `settings: ${JSON.stringify(settings)}`,
    ].join("\n"),
  );
  output.show();
}
