import type { App } from './app.ts';
import { parseCommand, type Command } from './command-line.ts';
import { openHelp } from './help/help-pane.ts';
import { refusal } from './opening.ts';

/** Runs what was typed behind `:`. What is wrong with it, or empty. */
export function executeCommand(app: App, text: string): string {
  const command = parseCommand(text.replace(/^\s*:/, ''), app.vocabulary);
  switch (command.kind) {
    case 'error':
      return command.message;
    case 'quit':
      app.quit();
      return '';
    case 'help':
      openHelp(app);
      return '';
    case 'theme':
      return attempt(() => app.setTheme(command.name));
    case 'cluster':
      return attempt(() => app.opening.begin(app.opening.connect(command.cluster)));
    case 'namespace':
      return attempt(() => showNamespace(app, command.name));
    case 'apply':
      return attempt(() => applyManifests(app, command));
    case 'resource':
      return attempt(() => showResource(app, command));
  }
}

const NOT_CONNECTED = 'not connected: choose a cluster first (:clusters)';

function showResource(app: App, command: Extract<Command, { kind: 'resource' }>): void {
  const { resource, namespace, filter, cluster } = command;
  const connection = cluster === null ? app.connection : app.opening.connect(cluster);
  const isFleet = resource === app.resources.fleet;
  if (!connection && !isFleet) throw new Error(NOT_CONNECTED);
  const { top } = app.navigator;
  const from = isFleet ? null : connection;
  // What is on the screen stays as it is listed.
  const stays = top?.lists === resource.id && top.connection === from;
  const pane = stays ? top : app.showResource(resource, from);
  if (namespace !== null) app.setNamespace(namespace);
  const error = filter === '' ? '' : (pane.prompt()?.change(filter) ?? '');
  if (error !== '') throw new Error(error);
}

/** As in k9s, a namespace is gone to by showing what runs in it. */
function showNamespace(app: App, namespace: string): void {
  const resource = app.resources.home;
  showResource(app, { kind: 'resource', resource, namespace, filter: '', cluster: null });
}

/** Opens the dialog of an apply, in the namespace that kubectl would take. */
function applyManifests(app: App, command: Extract<Command, { kind: 'apply' }>): void {
  const { connection } = app;
  if (!connection) throw new Error(NOT_CONNECTED);
  const namespace =
    command.namespace ?? (connection.namespace || connection.contextNamespace || 'default');
  const recursive = command.recursive ? 'yes' : 'no';
  app.act(connection.actions.start('apply', [], { path: command.path, namespace, recursive }));
}

/** What a step says when it cannot be done. */
function attempt(step: () => void): string {
  try {
    step();
    return '';
  } catch (error) {
    return refusal(error);
  }
}
