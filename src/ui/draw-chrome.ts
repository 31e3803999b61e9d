import type { Clock } from '../core/clock.ts';
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
import type { UiConnection, UiSession } from './session.ts';
import type { UiState } from './state.ts';

/** What the chrome is drawn from. */
export interface ChromeSource {
  readonly state: UiState;
  readonly painter: Painter;
  readonly clock: Clock;
  readonly keymap: Pick<Keymap, 'reachable'>;
  readonly navigator: Pick<Navigator, 'stack' | 'top'>;
  readonly session: Pick<UiSession, 'scopes'>;
  /** The connection that commands are about. */
  readonly connection: UiConnection | null;
  readonly header: Pick<HeaderSource, 'counts'>;
  readonly namespaces: Pick<NamespaceKeys, 'names'>;
  readonly prompt: Pick<PromptController, 'ghost'>;
  readonly overlays: Pick<OverlayController, 'dialog'>;
  /** Where this is, e.g. `demo`; empty: where the connection says. */
  readonly place: string;
}

/** The chrome as it should be now. */
export function drawChrome(source: ChromeSource): ChromeModel {
  const { navigator, connection, keymap, state, painter, prompt, overlays, namespaces } = source;
  const pane = navigator.top;
  return chromeModel({
    state,
    painter,
    header: headerOf(source),
    namespaces: { names: namespaces.names, present: connection?.namespace ?? '' },
    hints: availableBindings(keymap, pane).filter((binding) => !isRefused(binding, pane)),
    title: pane?.title() ?? { left: [], right: [] },
    crumbs: crumbsOf(navigator.stack),
    advice: pane?.advice?.() ?? '',
    remark: pane?.remark?.() ?? [],
    ghost: prompt.ghost,
    dialog: overlays.dialog,
  });
}

function headerOf(source: ChromeSource): HeaderInput {
  const { connection, session, header, clock, place } = source;
  const scopes = session.scopes.map(({ profile, region }) =>
    profile === '' ? region : `${region} (${profile})`,
  );
  return {
    cluster: connection && {
      title: connection.title,
      info: connection.info,
      health: connection.health,
    },
    scopes: scopes.length > 0 ? `clusters of ${scopes.join(', ')}` : 'no AWS region chosen',
    place,
    counts: header.counts,
    now: clock.now(),
  };
}

/** The way to the pane on top; a cluster is named where its first pane begins. */
function crumbsOf(stack: readonly Pane[]): readonly string[] {
  return stack.flatMap((pane, i) => {
    const { connection, crumb } = pane;
    const isFirst = connection && stack[i - 1]?.connection !== connection;
    return isFirst ? [connection.title, crumb] : [crumb];
  });
}
