import { PULSE } from '../resources/pulse/index.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { SUBJECT_USAGE } from '../resources/row-subject.ts';
import { whySubject } from '../resources/why-subject.ts';
import { openCanI, openWhoCan } from './access-pane.ts';
import { isHostName } from '../core/host-name.ts';
import { goToAddress } from './addresses.ts';
import { parseCommand, type Command, type Vocabulary } from './command-line.ts';
import type { Discovering } from './discovering.ts';
import { openWhy } from './detail/why-pane.ts';
import { openHelp, type HelpHost } from './help/help-pane.ts';
import type { IdleConnections } from './idle-connections.ts';
import { refusal, type Opening } from './opening.ts';
import type { Pane } from './pane.ts';
import type { Navigator } from './navigator.ts';
import { alone } from './resource/cluster-part.ts';
import { untyped } from './resource/row-resource.ts';
import { chooseScopes, openScopes } from './scopes.ts';
import type { UiConnection } from './session.ts';
import type { Workspace } from './workspace.ts';

/** What command lines work on. */
export interface ExecuteHost extends HelpHost, Workspace {
  readonly keymap: HelpHost['keymap'];
  readonly navigator: Pick<Navigator, 'place' | 'top'>;
  readonly resources: ResourceRegistry;
  readonly vocabulary: Vocabulary;
  /** The connection that commands are about. */
  readonly connection: UiConnection | null;
  /** The connections that are looked at, one or several. */
  readonly scope: readonly UiConnection[];
  readonly opening: Pick<Opening, 'begin' | 'connect' | 'members' | 'showPulse' | 'together'>;
  readonly idle: Pick<IdleConnections, 'disconnect'>;
  readonly discovering: Pick<Discovering, 'wait' | 'waitForColumns'>;
  /** @throws ThemeError */
  setTheme(name: string): void;
  quit(): void;
}

/** Runs what was typed behind `:`. What is wrong with it, or empty. */
export function executeCommand(host: ExecuteHost, text: string): string {
  // Two colons begin an address of IPv6.
  const command = parseCommand(text.replace(/^\s*:(?!:)/, ''), host.vocabulary);
  switch (command.kind) {
    case 'error':
      return command.message;
    case 'unknown':
      if (whenKindsAreKnown(host, text, command.word)) return '';
      if (!isHostName(command.word) || host.scope.length === 0) return command.message;
      return attempt(() =>
        findAddress(host, command.word, mayBeKind(command.word) ? command.message : ''),
      );
    case 'quit':
      host.quit();
      return '';
    case 'help':
      openHelp(host);
      return '';
    case 'scopes':
      if (command.profiles === null && command.regions === null) openScopes(host);
      else chooseScopes(host, command);
      return '';
    case 'theme':
      return attempt(() => host.setTheme(command.name));
    case 'cluster':
      return attempt(() => host.opening.begin(host.opening.connect(command.cluster)));
    case 'disconnect':
      return attempt(() => host.idle.disconnect(command.clusters));
    case 'namespace':
      return attempt(() => showNamespace(host, command.name));
    case 'access':
      return attempt(() => ask(host, command));
    case 'why':
      return attempt(() => askWhy(host, command));
    case 'address':
      return attempt(() => findAddress(host, command.address));
    case 'apply':
      return attempt(() => applyManifests(host, command));
    case 'pulse':
      return attempt(() => showPulse(host, command));
    case 'resource':
      return attempt(() => showResource(host, command));
  }
}

/** Runs a command again once the cluster has told whether it has such a kind. False: it has told. */
function whenKindsAreKnown(host: ExecuteHost, text: string, word: string): boolean {
  const { navigator } = host;
  const { top } = navigator;
  const [connection] = host.scope;
  if (!connection) return false;
  const waits = host.discovering.wait(connection, () => {
    // Who went elsewhere meanwhile is left there.
    if (top !== null && navigator.top !== top) return;
    const error = executeCommand(host, text);
    if (error !== '') host.flash(error, 'bad');
  });
  if (waits) host.flash(`asking ${connection.title} whether it has ${word}…`, 'muted');
  return waits;
}

const NOT_CONNECTED = 'not connected: choose a cluster first (:clusters)';

function showResource(host: ExecuteHost, command: Extract<Command, { kind: 'resource' }>): void {
  const { resource, namespace, filter } = command;
  const { pane, connection } = paneOf(host, command);
  if (namespace !== null) host.setNamespace(namespace);
  if (filter === '') return;
  const narrow = (): string => pane.prompt()?.change(filter) ?? '';
  const told = (): void => {
    const error = narrow();
    if (error !== '') host.flash(error, 'bad');
  };
  // A filter may name columns that only the server knows.
  if (connection && host.discovering.waitForColumns(connection, resource.table, told)) return;
  const error = narrow();
  if (error !== '') throw new Error(error);
}

/**
 * The pane that lists a resource where the command says, else where one looks now; what lists it
 * there already stays as it is. The connection is that of one cluster alone.
 */
function paneOf(
  host: ExecuteHost,
  { resource, clusters }: Extract<Command, { kind: 'resource' }>,
): { readonly pane: Pane; readonly connection: UiConnection | null } {
  const { place, top } = host.navigator;
  const listing = top?.lists === resource.id ? top : null;
  const [cluster, another] = clusters;
  const isFleet = resource === host.resources.fleet;
  if (!isFleet && (another !== undefined || (cluster === undefined && place?.clusters))) {
    const stays = cluster === undefined && listing;
    return { pane: stays || host.opening.together(resource, clusters), connection: null };
  }
  const connection = isFleet
    ? null
    : cluster === undefined
      ? host.connection
      : host.opening.connect(cluster);
  if (!connection && !isFleet) throw new Error(NOT_CONNECTED);
  const stays = listing?.connection === connection && !listing.clusters;
  return { pane: stays ? listing : host.showResource(resource, connection), connection };
}

function showPulse(
  host: ExecuteHost,
  { namespace, clusters }: Extract<Command, { kind: 'pulse' }>,
): void {
  const [cluster, another] = clusters;
  const { top, place } = host.navigator;
  if (another !== undefined || (cluster === undefined && place?.clusters)) {
    throw new Error(`the pulse is of one cluster: :${PULSE} @NAME shows that of one`);
  }
  const connection = cluster === undefined ? host.connection : host.opening.connect(cluster);
  if (!connection) throw new Error(NOT_CONNECTED);
  if (top?.lists !== PULSE || top.connection !== connection) host.opening.showPulse(connection);
  if (namespace !== null) host.setNamespace(namespace);
}

/** Answers who may do something, or whether the user may, on top of what is looked at. */
function ask(host: ExecuteHost, command: Extract<Command, { kind: 'access' }>): void {
  const { question, clusters } = command;
  const { place } = host.navigator;
  const here = place?.clusters ?? (host.connection ? [alone(host.connection).member] : []);
  const members = clusters.length > 0 ? host.opening.members(clusters) : here;
  if (members.length === 0) throw new Error(NOT_CONNECTED);
  if (command.ask === 'can-i') {
    openCanI(host, members, question);
    return;
  }
  openWhoCan(host, members, question);
}

/** Answers why of the row under the cursor, or of what was named, on top of what is looked at. */
function askWhy(host: ExecuteHost, { words, namespace }: Extract<Command, { kind: 'why' }>): void {
  const { navigator, resources, connection, vocabulary } = host;
  if (words.length === 0) {
    if (navigator.top?.run('why', { chord: '' }) !== true)
      throw new Error(`why takes ${SUBJECT_USAGE}`);
    return;
  }
  if (connection === null) throw new Error(NOT_CONNECTED);
  const listed = resources.byId(navigator.top?.lists ?? '', connection.store);
  const here = listed?.why === undefined ? resources.home : listed;
  const subject = whySubject(words, here, resources, connection.store);
  if ('error' in subject) throw new Error(subject.error);
  const within = namespace ?? vocabulary.namespace;
  const { name, resource } = subject;
  host.open(
    openWhy(host, untyped(resource), connection, {
      name,
      namespace: within === 'all' ? '' : within,
    }),
  );
}

/** As in k9s, a namespace is gone to by showing what runs in it. */
function showNamespace(host: ExecuteHost, namespace: string): void {
  const resource = host.resources.home;
  showResource(host, { kind: 'resource', resource, namespace, filter: '', clusters: [] });
}

/** `deployments.apps` and what is like it may have been meant as a kind. */
const mayBeKind = (word: string): boolean => word.split('.').length === 2;

/** @param otherwise what else is wrong with the word where nothing has it as its address */
function findAddress(host: ExecuteHost, address: string, otherwise = ''): void {
  if (host.scope.length === 0) throw new Error(NOT_CONNECTED);
  goToAddress(host, address, otherwise);
}

/** Opens the dialog of an apply, in the namespace that kubectl would take. */
function applyManifests(host: ExecuteHost, command: Extract<Command, { kind: 'apply' }>): void {
  const { connection, scope } = host;
  if (scope.length > 1) throw new Error('one cluster at a time: :clusters chooses where to apply');
  if (!connection) throw new Error(NOT_CONNECTED);
  const namespace =
    command.namespace ?? (connection.namespace || connection.contextNamespace || 'default');
  const recursive = command.recursive ? 'yes' : 'no';
  host.act(connection.actions.start('apply', [], { path: command.path, namespace, recursive }));
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
