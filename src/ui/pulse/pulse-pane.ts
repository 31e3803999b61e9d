/** The pulse of one cluster: what is wrong, where, since when; each field leads to the rows behind it. */
import { Notifier } from '../../core/notifier.ts';
import { plain, type Segment } from '../../core/styled.ts';
import type { Stop } from '../../ports/sink.ts';
import type { AnyResource } from '../../resources/define.ts';
import type { BoardLink } from '../../resources/pulse/board.ts';
import { PULSE, pulseSections } from '../../resources/pulse/index.ts';
import type { Painter } from '../../theme/index.ts';
import { segmentsOf } from '../chrome/pack.ts';
import type {
  BodySize,
  CopyChoice,
  Pane,
  PaneCommand,
  PaneFrame,
  PaneTitle,
  PromptTarget,
  TitlePart,
} from '../pane.ts';
import { openWhy } from '../detail/why-pane.ts';
import { resourcePane } from '../resource/resource-pane.ts';
import { untyped } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';
import type { Sort } from '../table/order.ts';
import { fitCell, mergeSegments } from '../table/cells.ts';
import { advice, isTroubled, statusBadge } from '../table/trouble.ts';
import type { Workspace } from '../workspace.ts';
import { arrange, boardText, GUTTER, type Placed, type Row } from './arrange.ts';
import {
  currentStop,
  FIRST_FIELD,
  stepFrom,
  stopsOf,
  type BoardCursor,
  type Step,
  type StopAt,
} from './cursor.ts';
import { PulseSource } from './source.ts';

const STEPS: Readonly<Record<string, Step>> = {
  'board.up': 'up',
  'board.down': 'down',
  'board.left': 'left',
  'board.right': 'right',
  'board.next': 'next',
  'board.previous': 'previous',
  'board.first': 'first',
  'board.last': 'last',
};

export class PulsePane implements Pane {
  readonly layers = ['board'];
  readonly crumb = PULSE;
  readonly lists = PULSE;
  readonly connection: UiConnection;
  readonly #workspace: Workspace;
  readonly #source: PulseSource;
  readonly #notifier = new Notifier();
  readonly #stopSource: Stop;
  #size: BodySize = { columns: 78, rows: 19 };
  #cursor: BoardCursor = FIRST_FIELD;

  constructor(workspace: Workspace, connection: UiConnection) {
    this.#workspace = workspace;
    this.connection = connection;
    this.#source = new PulseSource(connection, workspace.clock);
    this.#stopSource = this.#source.changes.subscribe(() => this.#notifier.notify());
  }

  title(): PaneTitle {
    const { namespace, store } = this.connection;
    const { status } = this.#source;
    const left: TitlePart[] = [
      {
        cell: [
          ['Pulse', 'title'],
          [`(${namespace === '' ? 'all' : namespace})`, 'muted'],
        ],
        keep: 9,
      },
    ];
    const right: TitlePart[] = [];
    const badge = statusBadge(status, '', store.now());
    if (badge !== null) right.push({ cell: badge, keep: 9 });
    const only = status.namespaces?.join(', ') ?? '';
    if (only !== '' && only !== namespace) {
      right.push({ cell: [[`only ${only}`, 'warn']], keep: 5 });
    }
    return { left, right };
  }

  advice(): readonly string[] {
    const { status } = this.#source;
    const text = isTroubled(status) ? advice(status) : '';
    return text === '' ? [] : [text];
  }

  remark(): readonly TitlePart[] {
    const { remark } = this.#current()?.field ?? {};
    return remark === undefined ? [] : [{ cell: remark, keep: 9 }];
  }

  paint(size: BodySize): PaneFrame {
    this.#size = size;
    const rows = this.#rows();
    const current = currentStop(stopsOf(rows), this.#cursor);
    const { painter } = this.#workspace;
    return {
      lines: rows.map((row, i) => paintRow(row, current?.row === i ? current : null, painter)),
    };
  }

  run(command: string): boolean {
    const step = STEPS[command];
    if (step !== undefined) return this.#step(step);
    if (command !== 'enter' && command !== 'why') return false;
    const stop = this.#current();
    if (stop?.field.link === undefined) return true;
    this.#cursor = stop;
    if (command === 'enter') this.#open(stop.field.link);
    else this.#why(stop.field.link);
    return true;
  }

  prompt(): PromptTarget | null {
    return null;
  }

  copyChoices(): readonly CopyChoice[] {
    const text = boardText(this.#rows());
    const stop = this.#current();
    const own = stop === undefined ? '' : plain(stop.field.remark ?? stop.field.cell).trim();
    return [
      ...(own === '' ? [] : [{ label: 'what is under the cursor', text: own }]),
      { label: 'the whole pulse', text: `${text}\n` },
    ];
  }

  commands(): readonly PaneCommand[] {
    return [];
  }

  show(): void {
    this.#source.show();
  }

  hide(): void {
    this.#source.hide();
  }

  close(): void {
    this.#stopSource();
    this.#source.close();
  }

  subscribe(listener: () => void): Stop {
    return this.#notifier.subscribe(listener);
  }

  #rows(): readonly Row[] {
    const { facts } = this.#source;
    const { store } = this.connection;
    return arrange((width) => pulseSections(facts, store, width), this.#size);
  }

  #current(): StopAt | undefined {
    return currentStop(stopsOf(this.#rows()), this.#cursor);
  }

  #step(step: Step): boolean {
    const stops = stopsOf(this.#rows());
    const from = currentStop(stops, this.#cursor);
    if (from === undefined) return true;
    this.#cursor = stepFrom(stops, from, step);
    this.#notifier.notify();
    return true;
  }

  /** Why the first of the rows that it leads to is as it is. */
  #why({ to, example }: BoardLink): void {
    const { connection } = this;
    const workspace = this.#workspace;
    const resource = workspace.resources.byId(to, connection.store);
    const def = resource && untyped(resource);
    if (def?.why !== undefined && example !== undefined) {
      workspace.open(openWhy(workspace, def, connection, { row: example }));
    } else workspace.flash('no object of it is asked why: enter opens what it stands for', 'muted');
  }

  #open({ to, target, problems }: BoardLink): void {
    const { connection } = this;
    const workspace = this.#workspace;
    const resource = workspace.resources.byId(to, connection.store);
    if (resource === undefined) return;
    const listing = {
      sort: worstFirst(resource),
      filter: '',
      problemsOnly: true,
      showsGone: false,
    };
    workspace.open(
      resourcePane({
        workspace,
        resource,
        connection,
        target: target ?? null,
        ...(problems === true && { listing }),
      }),
    );
  }
}

/** Of what is wrong the worst is looked at first. */
const worstFirst = ({ columns, sort }: AnyResource): Sort =>
  columns.some(({ id }) => id === STATUS) ? { column: STATUS, descending: false } : sort;

/** By this column what is broken comes first, whatever it is. */
const STATUS = 'status';

/** @param current the field under the cursor, where it is in this row */
function paintRow({ parts }: Row, current: StopAt | null, painter: Painter): string {
  let line = '';
  let at = 0;
  for (const { x, fields } of parts) {
    const here = fields.some(({ field }) => field.id !== undefined && field.id === current?.id);
    const gutter: Segment[] = [
      [' '.repeat(x - at), 'text'],
      here ? ['▌', 'accent'] : [' ', 'text'],
      [' '.repeat(GUTTER - 1), 'text'],
    ];
    line += painter.paint(mergeSegments(gutter));
    at = x + GUTTER;
    for (const placed of fields) {
      line +=
        ' '.repeat(placed.x - at) +
        paintField(placed, here && placed.field.id === current?.id, painter);
      at = placed.x + placed.width;
    }
  }
  return line;
}

function paintField({ field, width }: Placed, isCurrent: boolean, painter: Painter): string {
  const cell = segmentsOf(field.cell);
  const { align = 'left', cut = 'end' } = field;
  const fitted = mergeSegments(fitCell(cell, { width, align, cut }));
  return isCurrent ? painter.paint(fitted, 'selection') : painter.paint(fitted);
}
