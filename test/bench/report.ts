import { percentile, type Figures } from './figures.ts';
import { RATES } from './logs.ts';

interface Line {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** What the figure must stay under, or (`0`) be; null where there is no target. */
  readonly target: number | null;
  /** Which percentile of all values the figure is; the median of the runs where it is not said. */
  readonly percentile?: number;
}

const LINES: readonly Line[] = [
  { id: 'node', title: 'bare Node: start to end, for comparison', unit: 'ms', target: null },
  { id: 'frame', title: 'start → first frame', unit: 'ms', target: 250 },
  { id: 'rows', title: 'start → first rows', unit: 'ms', target: 600 },
  { id: 'all-rows', title: 'start → all rows', unit: 'ms', target: null },
  { id: 'unread', title: 'the same stream, read unread', unit: 'ms', target: null },
  { id: 'unread-mb', title: '… its size', unit: 'MB', target: null },
  { id: 'ratio', title: 'all rows / unread', unit: '×', target: 1.5 },
  { id: 'list-cpu', title: 'CPU from the start to all rows', unit: 's', target: 10 },
  { id: 'turn-list', title: 'longest turn (CPU) while it lists', unit: 'ms', target: 16 },
  { id: 'turn-sort', title: '… while it sorts', unit: 'ms', target: 16 },
  { id: 'turn-filter', title: '… while it filters', unit: 'ms', target: 16 },
  { id: 'turn-storm', title: '… at 1,000 events/s', unit: 'ms', target: 16 },
  { id: 'key-p50', title: 'key → first byte, p50', unit: 'ms', target: 2 },
  { id: 'key-p99', title: 'key → first byte, p99', unit: 'ms', target: 8 },
  { id: 'page-p50', title: 'page key → first byte, p50', unit: 'ms', target: null },
  { id: 'loading-key', title: 'key while the list loads, p50', unit: 'ms', target: null },
  {
    id: 'loading-key',
    title: 'key while the list loads, p99',
    unit: 'ms',
    target: 16,
    percentile: 99,
  },
  { id: 'storm-key-p50', title: 'key at 1,000 events/s, p50', unit: 'ms', target: null },
  { id: 'storm-key-p99', title: 'key at 1,000 events/s, p99', unit: 'ms', target: 16 },
  { id: 'move-bytes', title: 'bytes per cursor move', unit: 'B', target: 250 },
  { id: 'cell-bytes', title: 'bytes per changed cell', unit: 'B', target: 100 },
  { id: 'page-bytes', title: 'bytes per page', unit: 'B', target: 9000 },
  { id: 'idle-bytes', title: 'bytes in 12 s while nothing changes', unit: 'B', target: 0 },
  { id: 'idle-cpu', title: 'CPU while nothing changes', unit: '%', target: 1 },
  { id: 'busy-cpu', title: 'CPU at 10 events/s', unit: '%', target: 3 },
  { id: 'busy-kb', title: 'bytes of ten minutes of that', unit: 'kB', target: 300 },
  { id: 'storm-cpu', title: 'CPU at 1,000 events/s and keys', unit: '%', target: null },
  { id: 'loaded-memory', title: 'resident memory after the list', unit: 'MB', target: 300 },
  { id: 'used-memory', title: 'resident memory after all of this', unit: 'MB', target: 300 },
  {
    id: 'soak-growth',
    title: 'memory at the end of the soak / once settled',
    unit: '×',
    target: 1.1,
  },
  ...RATES.flatMap(logLines),
];

function logLines(rate: (typeof RATES)[number]): readonly Line[] {
  const id = (name: string): string => `log-${rate}-${name}`;
  const title = `log at ${rate.toLocaleString('en')} lines/s: lines lost`;
  return [
    { id: id('lost'), title, unit: 'lines', target: 0 },
    { id: id('delay-p50'), title: '… newest line: sent → screen, p50', unit: 'ms', target: 100 },
    { id: id('delay-p99'), title: '… newest line: sent → screen, p99', unit: 'ms', target: null },
    { id: id('key'), title: '… key → first byte, p50', unit: 'ms', target: null },
    { id: id('key'), title: '… key → first byte, p99', unit: 'ms', target: 16, percentile: 99 },
    { id: id('cpu'), title: '… CPU', unit: '%', target: null },
  ];
}

/** The figures beside their targets and those of peers. */
export function report(
  own: Figures,
  peers: readonly { readonly name: string; readonly figures: Figures }[],
): string {
  const head = ['', 'target', 'median', 'from – to', ...peers.map(({ name }) => name), ''];
  const rows = LINES.flatMap((line) => {
    const values = own.all(line.id);
    const value = percentile(values, line.percentile ?? 50);
    if (value === null) return [];
    const range = [Math.min(...values), Math.max(...values)].map(short).join(' – ');
    const theirs = peers.map((peer) =>
      percentile(peer.figures.all(line.id), line.percentile ?? 50),
    );
    return [
      [
        line.title,
        line.target === null
          ? ''
          : line.target === 0
            ? '0'
            : `< ${line.target.toLocaleString('en')}`,
        `${short(value)} ${line.unit}`,
        range,
        ...theirs.map((each) => (each === null ? '' : `${short(each)} ${line.unit}`)),
        line.target === null ? '' : verdict(value, line.target),
      ],
    ];
  });
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function verdict(value: number, target: number): string {
  return (target === 0 ? value === 0 : value < target) ? 'met' : 'MISSED';
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });
}
