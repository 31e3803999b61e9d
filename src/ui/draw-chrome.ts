import type { App } from './app.ts';
import { availableBindings, isRefused } from './available.ts';
import { chromeModel, type ChromeModel } from './chrome/model.ts';
import type { HeaderInput } from './chrome/header.ts';
import type { Pane } from './pane.ts';

/** The chrome as it should be now. */
export function drawChrome(app: App): ChromeModel {
  const { navigator, connection, keymap, state, painter, prompt, overlays, namespaces } = app;
  const pane = navigator.top;
  return chromeModel({
    state,
    painter,
    header: headerOf(app),
    namespaces: { slots: namespaces.slots, present: connection?.namespace ?? '' },
    hints: availableBindings(keymap, pane).filter((binding) => !isRefused(binding, pane)),
    title: pane?.title() ?? { left: [], right: [] },
    crumbs: crumbsOf(navigator.stack),
    advice: pane?.advice?.() ?? '',
    remark: pane?.remark?.() ?? [],
    ghost: prompt.ghost,
    dialog: overlays.dialog,
  });
}

function headerOf({ connection, session, header, clock, place }: App): HeaderInput {
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
