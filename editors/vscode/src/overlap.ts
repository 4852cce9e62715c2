// Other extensions check some of the same things in Dockerfiles. Whoever has one is asked once whether to switch its checks off.
import * as vscode from "vscode";

/** Settings of this kind say how grave a check of Docker's language server for Dockerfiles is. */
const CHECKS = "docker.languageserver.diagnostics.";

/** Where it is remembered that the question was answered. */
const ANSWERED = "overlap.answered";

/** A setting as an extension describes it. */
interface Property {
  readonly enum?: unknown[];
}

/** An extension whose checks find what dlint finds, too. */
export interface Overlap {
  /** What the extension is called. */
  readonly name: string;
  /** The settings of its checks, which may be "ignore". */
  readonly settings: string[];
}

/** What of an installed extension's description says that it has such checks. */
export function overlapOf(name: string, packageJson: unknown): Overlap | undefined {
  const contributes = (packageJson as { contributes?: { configuration?: unknown } } | undefined)?.contributes;
  const sections = [contributes?.configuration ?? []].flat() as { properties?: Record<string, Property> }[];
  const properties = sections.flatMap((section) => Object.entries(section.properties ?? {}));
  const checks = properties.filter(([key, property]) => key.startsWith(CHECKS) && property.enum?.includes("ignore"));
  return checks.length > 0 ? { name, settings: checks.map(([key]) => key) } : undefined;
}

function overlaps(): Overlap[] {
  return vscode.extensions.all.flatMap((extension) => {
    const description = extension.packageJSON as { displayName?: string } | undefined;
    return overlapOf(description?.displayName ?? extension.id, description) ?? [];
  });
}

/** Asks, if it was never answered and there is such an extension. */
export async function offerOnce(context: vscode.ExtensionContext): Promise<void> {
  if (context.globalState.get(ANSWERED) === undefined && overlaps().some(isOn)) {
    await offer(context);
  }
}

/** Asks whether the checks of other extensions are to be switched off, and remembers that it was answered. */
export async function offer(context: vscode.ExtensionContext): Promise<void> {
  const found = overlaps();
  const open = found.filter(isOn);
  if (open.length === 0) {
    const text = found.length === 0 ? "No other extension checks what dlint checks." : "Those checks are off already.";
    void vscode.window.showInformationMessage(`dlint: ${text}`);
    return;
  }
  const names = open.map((it) => it.name).join(", ");
  const question = `dlint finds in Dockerfiles what ${names} reports, too. Switch those checks off in your settings?`;
  const [mute, keep] = ["Switch Them Off", "Keep Both"] as const;
  const answer = await vscode.window.showInformationMessage(question, mute, keep);
  // Whoever closes the question has answered it as well.
  await context.globalState.update(ANSWERED, answer ?? "closed");
  if (answer !== mute) {
    return;
  }
  const settings = vscode.workspace.getConfiguration();
  for (const key of open.flatMap(unset)) {
    await settings.update(key, "ignore", vscode.ConfigurationTarget.Global);
  }
}

/** The checks of which the user has said nothing: what somebody chose stays. */
function unset(overlap: Overlap): string[] {
  const settings = vscode.workspace.getConfiguration();
  return overlap.settings.filter((key) => settings.inspect(key)?.globalValue === undefined);
}

function isOn(overlap: Overlap): boolean {
  const settings = vscode.workspace.getConfiguration();
  return unset(overlap).some((key) => settings.get(key) !== "ignore");
}
