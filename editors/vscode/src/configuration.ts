// The configuration file of a project: opened, or written where there is none.
import * as vscode from "vscode";

/** What a new file says: how it is written, and nothing that changes what is found. */
const TEMPLATE = `#:schema https://raw.githubusercontent.com/dlint/dlint/main/docs/dlint.schema.json
# What dlint checks in this folder and below: on the command line, in CI and in the editor.
# ignore = ["missing-healthcheck"]
# use-policy = "hardened"

[rules]
# floating-tag = "error"

# [[overrides]]
# paths = ["test/"]
# ignore = ["root-user"]
`;

/** Opens the configuration file, asks which where there are several, and offers to write one where there is none. */
export async function openConfiguration(): Promise<void> {
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
  const create = await vscode.window.showInformationMessage("There is no dlint.toml yet.", "Create it");
  if (create !== undefined) {
    await createConfiguration();
  }
}

/** Writes a configuration file into a folder of the workspace, and opens it. One that is there is opened, and stays as it is. */
export async function createConfiguration(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (folder === undefined) {
    if (folders.length === 0) {
      void vscode.window.showInformationMessage("dlint: open a folder first; a dlint.toml lies in one.");
    }
    return;
  }
  for (const name of ["dlint.toml", ".dlint.toml"]) {
    const known = vscode.Uri.joinPath(folder.uri, name);
    if (await exists(known)) {
      await vscode.window.showTextDocument(known);
      return;
    }
  }
  const uri = vscode.Uri.joinPath(folder.uri, "dlint.toml");
  await vscode.workspace.fs.writeFile(uri, Buffer.from(TEMPLATE));
  await vscode.window.showTextDocument(uri);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
