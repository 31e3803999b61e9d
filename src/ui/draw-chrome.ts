import type { Clock } from '../core/clock.ts';
import { mergeStatus } from '../domain/status.ts';
import type { Keymap } from '../keys/keymap.ts';
import type { Painter } from '../theme/index.ts';
import { availableBindings, isRefused } from './available.ts';
import { chromeModel, type ChromeModel } from './chrome/model.ts';
import type { HeaderInput } from './chrome/header.ts';
import type { HeaderSource } from './header-source.ts';
import type { NamespaceKeys } from './namespaces.ts';
import type { Navigator } from './navigator.ts';
import type { OverlayController } from './overlay-controller.ts';
import type { Pane } from './pane.ts';
import type { PromptController } from './prompt-controller.ts';
import type { Member } from './resource/cluster-part.ts';
import { ofEachServer } from './scope.ts';
import { scopesText } from './scopes.ts';
import type { UiConnection, UiSession } from './session.ts';
import type { UiState } from './state.ts';

/** What the chrome is drawn from. */
export interface ChromeSource {
  readonly state: UiState;
  readonly painter: Painter;
  readonly clock: Clock;
  readonly keymap: Pick<Keymap, 'reachable'>;
  readonly navigator: Pick<Navigator, 'place' | 'stack' | 'top'>;
  readonly session: Pick<UiSession, 'scopes'>;
  /** The connection that commands are about. */
  readonly connection: UiConnection | null;
  /** The connections that are looked at, one or several. */
  readonly scope: readonly UiConnection[];
  readonly header: Pick<HeaderSource, 'counts'>;
  readonly namespaces: Pick<NamespaceKeys, 'names'>;
  readonly prompt: Pick<PromptController, 'ghost'>;
  readonly overlays: Pick<OverlayController, 'dialog'>;
  /** Where this is, e.g. `demo`; empty: where the connection says. */
  readonly place: string;
}

/** The chrome as it should be now. */
export function drawChrome(source: ChromeSource): ChromeModel {
  const { navigator, keymap, state, painter, prompt, overlays, namespaces } = source;
  const pane = navigator.top;
  return chromeModel({
    state,
    painter,
    header: headerOf(source),
    namespaces: { names: namespaces.names, present: source.scope[0]?.namespace ?? '' },
    hints: availableBindings(keymap, pane).filter((binding) => !isRefused(binding, pane)),
    title: pane?.title() ?? { left: [], right: [] },
    crumbs: crumbsOf(navigator.stack),
    advice: pane?.advice?.() ?? [],
    remark: pane?.remark?.() ?? [],
    ghost: prompt.ghost,
    dialog: overlays.dialog,
  });
}

function headerOf(source: ChromeSource): HeaderInput {
  const { session, header, clock, place } = source;
  const scopes = scopesText(session.scopes);
  return {
    cluster: clusterOf(source),
    scopes: scopes !== '' ? `clusters of ${scopes}` : 'no AWS region chosen',
    place,
    counts: header.counts,
    now: clock.now(),
  };
}

/** The cluster that is looked at; several as one, in the worst of their states. */
function clusterOf({ scope, navigator }: ChromeSource): HeaderInput['cluster'] {
  const [connection, another] = scope;
  if (connection === undefined) return null;
  const { title, info, health } = connection;
  const members = navigator.place?.clusters ?? [];
  if (another === undefined && members.length === 0) return { title, info, health };
  return {
    title: clusterCount(members, scope),
    info: {
      ...info,
      ...{ version: '', user: '', realUser: '', region: '', account: '', roundTrip: null },
      insecure: scope.find((each) => each.info.insecure !== null)?.info.insecure ?? null,
      readonly: scope.every((each) => each.info.readonly),
    },
    health: mergeStatus(scope.map((each) => each.health)),
  };
}

/** How many clusters are looked at; two contexts of one are one. */
function clusterCount(members: readonly Member[], scope: readonly UiConnection[]): string {
  const unreachable = members.filter(({ connection }) => connection === null);
  const count = ofEachServer(scope).length + unreachable.length;
  return count === 1 ? `1 cluster by ${members.length} contexts` : `${count} clusters`;
}

/** Where a pane is: its cluster, or those that it shows together; empty: in none. */
const placeOf = ({ connection, clusters }: Pane): string =>
  clusters?.map(({ name }) => name).join(',') ?? connection?.title ?? '';

/** The way to the pane on top; a cluster is named where its first pane begins. */
function crumbsOf(stack: readonly Pane[]): readonly string[] {
  return stack.flatMap((pane, i) => {
    const name = placeOf(pane);
    const before = stack[i - 1];
    return name === '' || (before && placeOf(before) === name) ? [pane.crumb] : [name, pane.crumb];
  });
}
