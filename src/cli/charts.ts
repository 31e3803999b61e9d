/** `ekscope charts`: what the pane of charts shows of one row, printed. */
import type { Clock } from '../core/clock.ts';
import { spanSeconds } from '../core/duration.ts';
import { plain } from '../core/styled.ts';
import { sanitize } from '../core/text.ts';
import type { ChartMarks } from '../config/chart-marks.ts';
import {
  isProm,
  placesOf,
  type Chart,
  type ChartAgent,
  type ChartLine,
  type ChartSet,
  type PromLine,
} from '../domain/charts/chart.ts';
import { rangeOf } from '../domain/charts/promql.ts';
import { SPANS, type Span } from '../domain/charts/span.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { rowSubject } from '../resources/row-subject.ts';
import type { EksCluster } from '../ports/aws.ts';
import {
  ChartFeed,
  type ConnectionCore,
  type MetricMeter,
  type WorkspaceAnswer,
  type WorkspaceMemory,
} from '../session/index.ts';
import { settled } from '../store/settled.ts';
import { chartBlock } from '../ui/charts/chart-block.ts';
import { figuresCsv } from '../ui/charts/copies.ts';
import { choiceHints, hasPrometheus, sourceWords } from '../ui/charts/source.ts';
import { untyped } from '../ui/resource/row-resource.ts';
import { unknown, UsageError, wordFlag, type Flags } from './args.ts';
import { oneRow } from './one-row.ts';
import type { Output } from './output.ts';

/** How charts may be printed. */
const CHART_FORMATS = ['text', 'json', 'csv'] as const;

/** The cluster that is asked about. */
export type ChartScene = Pick<ConnectionCore, 'store' | 'need' | 'eks' | 'door'>;

/** What charts are printed with. */
export interface ChartsOptions {
  readonly resources: ResourceRegistry;
  readonly clock: Clock;
  /** How long rows and metrics are waited for (ms). */
  readonly timeout: number;
  readonly output: Output;
  readonly meter: MetricMeter;
  readonly memory: WorkspaceMemory;
  readonly marks: ChartMarks;
}

/** Columns of what goes elsewhere than to a terminal, and rows of each chart. */
const COLUMNS = 100;
const ROWS = 9;

/**
 * Prints the charts of the row that is meant.
 * @returns 0; 1: there is no such row, or it has none; 3: metrics could not be read
 * @throws UsageError where the words mean nothing, or several rows
 */
export async function charts(
  words: readonly string[],
  flags: Flags,
  scene: ChartScene,
  options: ChartsOptions,
): Promise<number> {
  const { resources, clock, timeout, output } = options;
  const format = wordFlag('format', flags.output, CHART_FORMATS) ?? 'text';
  const span = spanOf(flags.since);
  const subject = rowSubject('charts', words, resources.home, resources, scene.store);
  if ('error' in subject) throw new UsageError(subject.error);
  const def = untyped(subject.resource);
  if (def.charts === undefined) {
    const known = resources.all.filter((each) => each.charts !== undefined).map(({ id }) => id);
    throw new UsageError(`nothing measures ${def.id}: there are charts of ${known.join(', ')}`);
  }
  const tables: readonly TableId[] = [def.table, ...(def.charts.needs ?? [])];
  const release = scene.need(tables);
  try {
    await settled(scene.store, tables, clock, timeout);
    const namespace = flags['all-namespaces'] === true ? '' : (flags.namespace ?? '');
    const row = oneRow(def, { name: subject.name, namespace }, scene.store, output);
    if (typeof row === 'number') return row;
    if (scene.eks === null || scene.door === null) {
      output.err('ekscope: CloudWatch cannot be asked: AWS does not tell of this cluster\n');
      return 3;
    }
    const set = def.charts.of(row, scene.store, scene.eks);
    if ('none' in set) {
      output.err(`ekscope: ${set.none}\n`);
      return 1;
    }
    const { read, agent, prometheus } = await readAll(set, span, scene.eks, scene.door, options);
    print({ read, prometheus, span, format, resource: def.id, row }, options);
    if (hasPrometheus(set)) {
      for (const line of [sourceWords(set, agent, prometheus), ...choiceHints(prometheus)]) {
        output.err(`ekscope: ${line}\n`);
      }
    }
    return read.every(({ state }) => state.series === null && state.trouble !== null) ? 3 : 0;
  } finally {
    release();
  }
}

/** The shortest span that reaches so far back. */
function spanOf(since: string | undefined): Span {
  if (since === undefined) return SPANS[1];
  const seconds = spanSeconds(since);
  const span = seconds === null ? undefined : SPANS.find(({ length }) => length >= seconds * 1000);
  if (span !== undefined) return span;
  throw new UsageError(
    unknown(
      'span',
      since,
      SPANS.map(({ id }) => id),
    ),
  );
}

/** A chart and what came of it. */
interface Read {
  readonly chart: Chart;
  readonly state: ReturnType<ChartFeed['state']>;
  readonly why: ReturnType<ChartFeed['whyEmpty']>;
}

/** What is read, and of whom. */
interface AllRead {
  readonly read: readonly Read[];
  readonly agent: ChartAgent;
  readonly prometheus: WorkspaceAnswer | null;
}

/** All charts, as far as they come in time: of what two agents measure, those of the one that is there. */
function readAll(
  set: ChartSet,
  span: Span,
  cluster: EksCluster,
  door: NonNullable<ChartScene['door']>,
  { clock, timeout, meter, memory }: ChartsOptions,
): Promise<AllRead> {
  const { charts: all } = set;
  return new Promise((resolve) => {
    const agent = (): ChartAgent => feed.agent ?? 'cloudwatch';
    const places = (): readonly number[] => placesOf(set, agent());
    const read = (): readonly Read[] =>
      places().flatMap((place) => {
        const chart = all[place];
        if (chart === undefined) return [];
        const state = feed.state(place, span);
        return [{ chart, state, why: isEmpty(state) ? feed.whyEmpty(chart) : null }];
      });
    const isDone = ({ chart, state, why }: Read): boolean =>
      chart.off !== undefined ||
      state.trouble !== null ||
      (state.series !== null && (!isEmpty(state) || why !== null));
    const finish = (): void => {
      cancel();
      resolve({ read: read(), agent: agent(), prometheus: feed.prometheus });
      feed.stop();
    };
    const changed = (): void => {
      // Nothing is asked for before it is known of whom.
      feed.look(feed.agent === null ? [] : places(), span);
      if (feed.agent !== null && !feed.isAsking && read().every(isDone)) finish();
    };
    const feed = new ChartFeed({ door, charts: all, clock, meter, cluster, memory, changed });
    const cancel = clock.after(timeout, finish);
    changed();
  });
}

const isEmpty = ({ series }: Read['state']): boolean =>
  series?.every(({ values }) => values.every((value) => value === null)) === true;

interface Printed {
  readonly read: readonly Read[];
  readonly prometheus: WorkspaceAnswer | null;
  readonly span: Span;
  readonly format: (typeof CHART_FORMATS)[number];
  readonly resource: string;
  readonly row: BaseRow;
}

function print(
  { read, prometheus, span, format, resource, row }: Printed,
  options: ChartsOptions,
): void {
  const { output, meter } = options;
  if (format === 'json') {
    const { namespace, name } = row;
    const told = {
      resource,
      namespace,
      name,
      span: span.id,
      charts: read.map((each) => jsonOf(each, prometheus)),
    };
    output.out(`${JSON.stringify(told, null, 2)}\n`);
  } else if (format === 'csv') {
    const parts = read.flatMap(({ chart, state: { series } }) =>
      series === null ? [] : figuresCsv(chart, series),
    );
    output.out(parts.join('\n'));
  } else for (const each of read) output.out(textOf(each, span, options));
  for (const reason of new Set(read.flatMap(({ state }) => state.trouble?.reason ?? []))) {
    output.err(`ekscope: ${reason}\n`);
  }
  output.err(`ekscope: ${meter.words}, ${meter.usd}\n`);
}

function textOf({ chart, state, why }: Read, span: Span, options: ChartsOptions): string {
  const { output, marks, clock } = options;
  const lines = chartBlock({
    ...{ chart, state, why, span, marks, zone: 'utc', now: clock.now() },
    ...{ columns: output.width ?? COLUMNS, rows: ROWS, isCurrent: false, isAlone: false },
  });
  const text = lines.map((line) => sanitize(plain(line)).slice(2).trimEnd());
  return `${text.join('\n').trimEnd()}\n\n`;
}

/** With each value beside the begin of its period; null: there is none. */
const jsonOf = (
  { chart, state: { series, trouble }, why }: Read,
  prometheus: WorkspaceAnswer | null,
): object => ({
  title: chart.title,
  unit: chart.unit,
  perSecond: chart.perSecond === true,
  periodSeconds: (series?.[0]?.period ?? 0) / 1000 || null,
  empty: chart.off ?? trouble?.reason ?? why?.reason ?? null,
  ...(isProm(chart) && prometheus?.is === 'found' ? { workspace: prometheus.workspace.id } : {}),
  lines: chart.lines.map((line, i) => ({
    label: line.label,
    ...askedOf(line, prometheus, series?.[0]?.period ?? 0),
    points: (series?.[i]?.values ?? []).map((value, at) => [
      new Date((series?.[i]?.from ?? 0) + at * (series?.[i]?.period ?? 0)).toISOString(),
      value,
    ]),
  })),
});

/** What was asked for. @param period ms */
function askedOf(line: ChartLine | PromLine, prometheus: WorkspaceAnswer | null, period: number) {
  if ('metric' in line) return { metric: line.metric };
  const own = prometheus?.is === 'found' ? prometheus.own : null;
  return { query: line.query({ own, range: rangeOf(period / 1000) }) };
}
