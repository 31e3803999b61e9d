import type { ActionFlow, Operation, Unfinished } from '../../actions/engine/view.ts';
import { humanDuration } from '../../core/duration.ts';
import { reasonOf } from '../../core/words.ts';
import type { Cell } from '../../core/styled.ts';
import { OPERATION_GLYPHS } from '../action-notices.ts';
import type { ClusterKey } from '../../domain/cluster-key.ts';
import { segmentsOf } from '../chrome/pack.ts';
import { operationLines } from '../dialog/operation-lines.ts';
import type { OverlayController } from '../overlay-controller.ts';
import type { PaneHost } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import type { MenuItem } from '../state-overlay.ts';
import { TextPane } from '../text/text-pane.ts';
import { everyTick } from '../ticking.ts';

/** Lines of an operation are cut by the pane, not wrapped. */
const WIDTH = 4096;

/** What the list of actions may ask, beside what every pane may. */
export interface OperationsHost extends PaneHost {
  /** The connection that commands are about. */
  readonly connection: UiConnection | null;
  readonly overlays: Pick<OverlayController, 'showChoice' | 'showSeveral' | 'showFlow' | 'undo'>;
}

/**
 * Opens the list of what actions do and did, newest first, whatever the cluster; above it what an
 * earlier run did not see to its end. Enter offers what can be done about them.
 */
export function openOperations(host: OperationsHost): void {
  const { operations } = host;
  let unfinished: readonly Unfinished[] = [];
  let trouble = '';
  host.open(
    new TextPane({
      host,
      title: 'Actions',
      subject: '',
      crumb: 'actions',
      connection: host.connection,
      layers: ['operations'],
      file: 'actions.txt',
      source: {
        start: (sink) => {
          const show = (): void => {
            const lines = paneLines(operations.all, unfinished, trouble, host.clock.now());
            if (lines.length === 0) sink.notice(['no action in this session so far']);
            else sink.text(lines);
          };
          show();
          void operations
            .unfinished()
            .then((found) => (unfinished = found))
            .catch((error: unknown) => (trouble = reasonOf(error)))
            .then(show);
          const unsubscribe = operations.subscribe(show);
          const stopTick = everyTick(host.clock, show);
          return () => {
            unsubscribe();
            stopTick();
          };
        },
        run: (command) => {
          if (command !== 'operations.choose') return false;
          const items = choices(operations.all, unfinished, host.connection?.cluster);
          if (items.length === 0)
            host.flash('nothing runs, and the last action cannot be taken back', 'muted');
          else {
            const dismissed = (it: Unfinished): void => {
              unfinished = unfinished.filter(({ id }) => id !== it.id);
            };
            host.overlays.showChoice('What to do', items, (id) =>
              choose(host, id, unfinished, dismissed),
            );
          }
          return true;
        },
      },
    }),
  );
}

function paneLines(
  all: readonly Operation[],
  unfinished: readonly Unfinished[],
  trouble: string,
  now: number,
): readonly Cell[] {
  const cells: Cell[] = [];
  if (trouble !== '')
    cells.push([[`what earlier runs left cannot be read: ${trouble}`, 'warn']], '');
  for (const { title, at, cluster } of unfinished) {
    cells.push(
      [
        [`${humanDuration(now - at).padStart(6)}  `, 'muted'],
        ['! ', 'warn'],
        [`not seen to its end by an earlier run: ${title}`, 'warn'],
        [`  on ${placeOf(cluster)}`, 'muted'],
      ],
      [['          ⏎ offers to go on with it', 'muted']],
    );
  }
  if (unfinished.length > 0) cells.push('');
  return [...cells, ...[...all].reverse().flatMap((operation) => operationCells(operation, now))];
}

/** A cluster for people, by its key, as operations name it; whatever else stands there as it is. */
function placeOf(cluster: string): string {
  const named = cluster.replace(/^context:/, '');
  const [, region, account, name] = /^arn:[^:]+:eks:([^:]+):(\d+):cluster\/(.+)$/.exec(named) ?? [];
  return name === undefined ? named : `${name} · account ${account ?? '?'} · ${region ?? '?'}`;
}

function operationCells(operation: Operation, now: number): readonly Cell[] {
  const { state, text, at, undo, where, title, steps } = operation;
  const [glyph, tone] = OPERATION_GLYPHS[state];
  const details = steps.length > 1 || operation.lines.length > 0;
  return [
    [
      [`${humanDuration(now - at).padStart(6)}  `, 'muted'],
      [`${glyph} `, tone],
      [details ? title : text, 'text'],
      [undo ? '  · U undo' : '', 'accent'],
      [`  on ${where}`, 'muted'],
    ],
    ...(details
      ? operationLines(operation, WIDTH).map((cell): Cell => [
          ['          ', 'text'],
          ...segmentsOf(cell),
        ])
      : []),
  ];
}

/** What can be done about them. */
function choices(
  all: readonly Operation[],
  unfinished: readonly Unfinished[],
  cluster: ClusterKey | undefined,
): readonly MenuItem[] {
  const item = (id: string, title: string, detail: string): MenuItem => ({
    id,
    title,
    detail,
    disabled: '',
  });
  return [
    ...unfinished.flatMap((each) => [
      item(`resume:${each.id}`, `Go on: ${each.title}`, placeOf(each.cluster)),
      item(`dismiss:${each.id}`, `Let it be: ${each.title}`, placeOf(each.cluster)),
    ]),
    ...all
      .filter(({ stoppable, state }) => stoppable && state === 'working')
      .map(({ id, title, where, steps }) => {
        const verb = steps.some(({ state }) => state === 'waiting') ? 'Stop the rest' : 'Stop';
        return item(`stop:${id}`, `${verb}: ${title}`, where);
      }),
    ...all
      .filter((operation) => operation.undo && operation.cluster === cluster)
      .map(({ title, where }) => item('undo', `Undo: ${title}`, where)),
  ];
}

function choose(
  host: OperationsHost,
  id: string,
  unfinished: readonly Unfinished[],
  dismissed: (it: Unfinished) => void,
): void {
  const [verb, which = ''] = id.split(/:(.*)/s);
  if (verb === 'stop') host.operations.stop(Number(which));
  else if (verb === 'undo') host.overlays.undo();
  else {
    const found = unfinished.find((each) => each.id === which);
    if (found === undefined) return;
    if (verb === 'dismiss') {
      dismiss(host, found, dismissed);
      return;
    }
    const flow = resumed(host, found);
    if (typeof flow === 'string') host.flash(flow, 'warn');
    else {
      const stop = flow.subscribe(() => {
        if (flow.state.stage !== 'running') return;
        stop();
        dismiss(host, found, dismissed);
      });
      host.overlays.showFlow(flow);
    }
  }
}

const NOT_CONNECTED = 'not connected: connect to its cluster first';

/**
 * Goes on with it where its rows are: in the cluster that is connected to, or among the clusters of
 * the fleet, which need no connection; or why it cannot be.
 */
function resumed(
  { connection, session }: OperationsHost,
  unfinished: Unfinished,
): ActionFlow | string {
  const within = connection?.actions.resume(unfinished) ?? NOT_CONNECTED;
  if (typeof within !== 'string') return within;
  // The cast: it was written down as the key of a cluster; what is none is found nowhere.
  const actor = session.actorOn(unfinished.cluster as ClusterKey);
  const beside = actor?.actions.resume(unfinished) ?? within;
  return typeof beside === 'string' ? within : beside;
}

/** It is not told of again. */
function dismiss(
  host: OperationsHost,
  unfinished: Unfinished,
  dismissed: (it: Unfinished) => void,
): void {
  host.operations.dismiss(unfinished).then(
    () => {
      dismissed(unfinished);
      host.flash(`${unfinished.title}: not told of again`, 'muted');
    },
    (error: unknown) => host.flash(reasonOf(error), 'bad'),
  );
}
