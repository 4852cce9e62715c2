// Which `dlint` is run.
import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";

const run = promisify(execFile);
const NAME = process.platform === "win32" ? "dlint.exe" : "dlint";

/** The first version that speaks the language server protocol. */
const LEAST_VERSION = "0.1.0";

/** A `dlint` that can be run. */
export interface Binary {
  readonly path: string;
  /** Where it was found, as shown to people. */
  readonly source: string;
  readonly version: string;
}

/**
 * Finds the `dlint` to run: the configured one, the project's, that of `PATH`, the bundled one. In a folder that is not
 * trusted only the bundled one counts: whoever wrote the folder must not choose what runs.
 */
export async function find(context: vscode.ExtensionContext): Promise<Binary> {
  const rejected: string[] = [];
  for (const [candidate, source] of candidates(context)) {
    if (!(await isExecutable(candidate))) {
      if (source === "setting") {
        rejected.push(`${candidate} (${source}): there is no such program`);
      }
      continue;
    }
    const version = await versionOf(candidate);
    if (version === undefined) {
      rejected.push(`${candidate} (${source}): it is no dlint`);
    } else if (isOlder(version, LEAST_VERSION)) {
      rejected.push(`${candidate} (${source}): ${version} is too old`);
    } else {
      return { path: candidate, source, version };
    }
  }
  const tried = rejected.length > 0 ? ` Tried: ${rejected.join("; ")}.` : "";
  throw new Error(`No dlint was found. Install it with \`cargo install dlint\`, or set "dlint.path".${tried}`);
}

function* candidates(context: vscode.ExtensionContext): Generator<[string, string]> {
  const bundled: [string, string] = [path.join(context.extensionPath, "bundled", NAME), "bundled"];
  if (!vscode.workspace.isTrusted) {
    yield bundled;
    return;
  }
  const settings = vscode.workspace.getConfiguration("dlint");
  // A folder that is not on the disk has no programs.
  const onDisk = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  const folders = onDisk.map((folder) => folder.uri.fsPath);
  for (const setting of settings.get<string[]>("path", [])) {
    const filled = setting.replace("${workspaceFolder}", folders[0] ?? "");
    yield [filled, "setting"];
  }
  if (settings.get("importStrategy") === "fromEnvironment") {
    for (const folder of folders) {
      yield [path.join(folder, "node_modules", ".bin", NAME), "node_modules"];
      for (const environment of [".venv", "venv"]) {
        const scripts = process.platform === "win32" ? "Scripts" : "bin";
        yield [path.join(folder, environment, scripts, NAME), "virtual environment"];
      }
    }
    for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
      // What is relative would depend on the folder that is open.
      if (path.isAbsolute(folder)) {
        yield [path.join(folder, NAME), "PATH"];
      }
    }
  }
  yield bundled;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(file, ["--version"], { timeout: 5000 });
    return /^dlint (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

/** Whether one version is older than another; both are three numbers. */
export function isOlder(version: string, other: string): boolean {
  const [left, right] = [version, other].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return false;
}
