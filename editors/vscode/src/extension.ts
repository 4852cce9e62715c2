// dlint in VS Code: starts the language server and gives its commands a place.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import {
  CloseAction,
  DiagnosticPullMode,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
} from "vscode-languageclient/node";
import { type Binary, find } from "./binary";
import { createConfiguration, openConfiguration } from "./configuration";
import * as overlap from "./overlap";
import * as settings from "./settings";
import { Tasks } from "./tasks";

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

/** How often the server may crash within three minutes before it is left alone. */
const MOST_CRASHES = 5;

let client: LanguageClient | undefined;
let binary: Binary | undefined;
let output: vscode.LogOutputChannel;
let trace: vscode.OutputChannel;
let status: vscode.LanguageStatusItem;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("dlint", { log: true });
  trace = vscode.window.createOutputChannel("dlint (trace)");
  status = vscode.languages.createLanguageStatusItem("dlint", SELECTOR);
  status.name = "dlint";
  context.subscriptions.push(output, trace, status);
  const command = (name: string, action: () => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(`dlint.${name}`, action));
  command("restart", () => restart(context));
  command("showOutput", () => output.show());
  command("showServerTrace", showServerTrace);
  command("fixAll", fixAll);
  command("explain", explain);
  command("openConfiguration", openConfiguration);
  command("createConfiguration", createConfiguration);
  command("muteOverlaps", () => overlap.offer(context));
  command("debugInformation", printDebugInformation);
  context.subscriptions.push(
    vscode.tasks.registerTaskProvider("dlint", new Tasks(() => binary?.path)),
    vscode.extensions.onDidChange(() => void (client === undefined || overlap.offerOnce(context))),
    vscode.window.onDidChangeActiveTextEditor(() => void showConfiguration()),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const active = vscode.window.activeTextEditor?.document.uri.toString();
      // Whatever may change the configuration has the file linted again.
      if (uris.some((uri) => uri.toString() === active)) {
        void showConfiguration();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => restart(context)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (settings.RESTARTING.some((key) => change.affectsConfiguration(`dlint.${key}`))) {
        void restart(context);
      } else if (change.affectsConfiguration("dlint")) {
        void client?.sendNotification("workspace/didChangeConfiguration", { settings: settings.forStart() });
      }
    }),
  );
  await start(context);
  // Not waited for: the question may stay open for as long as somebody likes.
  void (client === undefined || overlap.offerOnce(context));
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
  if (!settings.isEnabled()) {
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
  const logFile = vscode.workspace.isTrusted ? settings.of().get("logFile", "") : "";
  const args = ["lsp", ...(logFile === "" ? [] : ["--log-file", logFile])];
  const server: ServerOptions = { command: binary.path, args };
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    initializationOptions: settings.forStart(),
    diagnosticPullOptions: {
      onChange: true,
      onSave: true,
      // Those that are filtered are not asked about.
      filter: (document, mode) =>
        mode === DiagnosticPullMode.onType && settings.of(document.uri).get("run") === "onSave",
    },
    middleware: {
      workspace: {
        configuration: ({ items }) =>
          items.map(({ scopeUri, section }) =>
            section !== "dlint" ? null : scopeUri === undefined ? settings.forStart() : settings.forServer(vscode.Uri.parse(scopeUri)),
          ),
      },
    },
    outputChannel: output,
    traceOutputChannel: trace,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: crashes(),
  };
  client = new LanguageClient("dlint", "dlint", server, options);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) {
      show(`dlint ${binary?.version ?? ""}`, binary?.path, vscode.LanguageStatusSeverity.Information);
      void showConfiguration();
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

/** Shows what VS Code and the server say to each other; asks whether to listen where nobody does. */
async function showServerTrace(): Promise<void> {
  trace.show();
  if (settings.of().get("trace.server") === "off") {
    const answer = await vscode.window.showInformationMessage("dlint: nothing is traced yet.", "Switch On");
    if (answer !== undefined) {
      await settings.of().update("trace.server", "verbose", vscode.ConfigurationTarget.Global);
    }
  }
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

/** What the server says that it goes by. */
interface ServerInformation {
  readonly files: { readonly uri: string; readonly configuration: string[]; readonly fault: string | null }[];
}

/** Asks the server what it goes by, in all or for one file; nothing where it does not run, or is one that cannot tell. */
async function ask(file?: vscode.Uri): Promise<ServerInformation | undefined> {
  if (client?.state !== State.Running) {
    return undefined;
  }
  const params = { command: "dlint.debugInfo", arguments: file === undefined ? [] : [file.toString()] };
  return client.sendRequest<ServerInformation>("workspace/executeCommand", params).catch(() => undefined);
}

/** Says beside the version which configuration holds for the file in the editor. */
async function showConfiguration(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || vscode.languages.match(SELECTOR, document) === 0) {
    return;
  }
  const asked = client;
  const told = await ask(document.uri);
  const file = told?.files.find(({ uri }) => vscode.Uri.parse(uri).toString() === document.uri.toString());
  if (file === undefined || binary === undefined || asked !== client) {
    return;
  }
  const names = file.configuration.length > 0 ? file.configuration.join(" + ") : "no configuration file";
  const severity = vscode.LanguageStatusSeverity;
  show(`dlint ${binary.version}`, `${file.fault ?? names}, ${binary.path} (${binary.source})`, file.fault === null ? severity.Information : severity.Error);
}

async function printDebugInformation(): Promise<void> {
  output.info(
    [
      `dlint: ${binary === undefined ? "none" : `${binary.path} (${binary.source}), ${binary.version}`}`,
      `server: ${client === undefined ? "off" : State[client.state]}`,
      `VS Code: ${vscode.version}, ${process.platform} ${process.arch}`,
      `workspace: ${vscode.workspace.isTrusted ? "trusted" : "not trusted"}`,
      `settings: ${JSON.stringify(settings.of())}`,
      `the server says: ${JSON.stringify(await ask(), undefined, 2)}`,
    ].join("\n"),
  );
  output.show();
}
