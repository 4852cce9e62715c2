// Tasks of the type "dlint": the whole folder is linted, as on the command line, and the findings are listed among the problems.
import * as vscode from "vscode";

const TYPE = "dlint";

/** What a task says in tasks.json. */
interface Definition extends vscode.TaskDefinition {
  /** Files and folders; by default all of the folder. */
  readonly paths?: string[];
  /** Further arguments of `dlint check`. */
  readonly args?: string[];
}

/** Gives a task for each folder of the workspace, and fills in those of a tasks.json. */
export class Tasks implements vscode.TaskProvider {
  /** `program`: which dlint is run. */
  constructor(private readonly program: () => string | undefined) {}

  provideTasks(): vscode.Task[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return folders.flatMap((folder) => this.task(folder, { type: TYPE }, "check") ?? []);
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const scope = task.scope;
    const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
    return this.task(folder, task.definition as Definition, task.name);
  }

  private task(
    folder: vscode.WorkspaceFolder | undefined,
    definition: Definition,
    name: string,
  ): vscode.Task | undefined {
    const program = this.program();
    if (program === undefined || folder === undefined || folder.uri.scheme !== "file") {
      return undefined;
    }
    const { paths = [], args = [] } = definition;
    // The problems say what is wrong, and an editor takes a program that ends at once with a status for one that does not start. Whoever
    // says what a run fails on wants the status.
    const status = args.some((argument) => argument.startsWith("--fail-on")) ? [] : ["--exit-zero"];
    const line = ["check", "--output-format", "concise", "--color", "never", ...status, ...args, "--", ...paths];
    const execution = new vscode.ProcessExecution(program, line, { cwd: folder.uri.fsPath });
    // Which definition it is of must not change: the editor tells by it whether the task is the one that it asked for.
    return new vscode.Task(definition, folder, name, TYPE, execution, "$dlint");
  }
}
