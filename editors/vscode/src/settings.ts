// What the server is told of the settings. They are read for each folder of the workspace.
import * as vscode from "vscode";

/** Settings that say what is found and shown, and so go to the server. */
const KEYS = [
  "enable",
  "configurationFile",
  "configuration",
  "configurationPreference",
  "policy",
  "select",
  "ignore",
  "minRating",
  "noCompat",
  "run",
  "features",
  "fixAll",
  "fixUnsafe",
  "showRuleDocs",
  "logLevel",
];

/** Settings that a folder nobody trusts must not set: they name files. */
const TRUSTED = ["configurationFile"];

/** Settings that the server is started with. */
export const RESTARTING = ["enable", "path", "importStrategy", "logFile", "features", "fixAll"];

/** The settings that hold for a folder or a file; without one, those of the window. */
export function of(scope?: vscode.Uri): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("dlint", scope);
}

/** The folders whose settings may differ, those of the window first. */
function scopes(): (vscode.Uri | undefined)[] {
  return [undefined, ...(vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri)];
}

/** Whether dlint is wanted anywhere. */
export function isEnabled(): boolean {
  const folders = scopes().slice(1);
  return (folders.length > 0 ? folders : [undefined]).some((scope) => of(scope).get("enable", true));
}

/** What the server is told of a folder. */
export function forServer(scope?: vscode.Uri): Record<string, unknown> {
  const settings = of(scope);
  const trusted = KEYS.filter((key) => vscode.workspace.isTrusted || !TRUSTED.includes(key));
  return Object.fromEntries(trusted.map((key) => [key, settings.get(key)]));
}

/** What the server is told when it starts: it offers only what it is asked for then, so that is what any folder wants. */
export function forStart(): Record<string, unknown> {
  const settings = forServer();
  const features: Record<string, boolean> = {};
  for (const scope of scopes()) {
    for (const [name, isOn] of Object.entries(of(scope).get<Record<string, boolean>>("features", {}))) {
      features[name] = features[name] === true || isOn;
    }
  }
  const fixAll = scopes().some((scope) => of(scope).get("fixAll", true));
  return { ...settings, features, fixAll };
}
