/** Where pods run: how full all nodes, each zone and each group are, and where something is wrong. */
import type { Cell } from '../../core/styled.ts';
import type { Load } from '../../domain/pulse/load.ts';
import type { Share } from '../../domain/share.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { shortZone } from '../../domain/zones.ts';
import { bar, NONE, percentOfShare, requestTone, UNKNOWN, usageTone } from '../cells.ts';
import type { BoardLine, BoardSection, Field } from './board.ts';
import type { PlaceFacts, PulseFacts } from './facts.ts';
import { countOf, PULSE_KINDS, type PulseKind } from './kinds.ts';
import { inScope, ofScope } from './scope.ts';

/** The kind that others are in the place of, and the first that is there. */
const BEARER = PULSE_KINDS.find(({ load }) => load !== undefined);
const BORNE = PULSE_KINDS.find(({ load, spot }) => spot !== undefined && load === undefined);

/** From this width (cells) on usage stands beside what is requested. */
const ROOMY = 84;

const BAR = 10;
const USED = 5;

/** What its columns are wide: enough for the numbers of the largest. */
interface Widths {
  readonly nodes: number;
  readonly problems: number;
  readonly roomy: boolean;
}

function widthsOf(places: readonly PlaceFacts[], width: number): Widths {
  const longest = (least: number, texts: readonly string[]): number =>
    Math.max(least, ...texts.map((text) => text.length));
  return {
    nodes: longest(7, places.map(nodesText)),
    problems: longest(10, places.map(problemsText)),
    roomy: width >= ROOMY,
  };
}

const nodesText = ({ load: { nodes, ready } }: PlaceFacts): string => `${ready}/${nodes}`;

const problemsText = ({ problems, broken }: PlaceFacts): string =>
  `${broken ? '✗' : '!'} ${BORNE === undefined ? problems : countOf(BORNE, problems)}`;

/** All nodes, then zones by name, then groups: what is in trouble or full first. */
export function placesSection(facts: PulseFacts, width: number): BoardSection {
  const { places } = facts;
  const widths = widthsOf(places, width);
  return {
    id: 'places',
    head: head(widths),
    lines: places.map((place) => placeLine(place, facts, widths)),
    least: Math.min(5, places.length),
    rest: (hidden) => ({
      fields: [
        {
          id: 'places:more',
          cell: [[`  … ${hidden} more`, 'accent']],
          link: { to: BEARER?.resource.id ?? '' },
        },
      ],
    }),
  };
}

function head({ nodes, problems, roomy }: Widths): BoardLine {
  const title = (text: string, width: number, align: 'left' | 'right' = 'left'): Field => ({
    cell: [[text, 'title']],
    width,
    align,
  });
  return {
    fields: [
      { cell: [['Where', 'title']], grows: true },
      title('NODES', nodes, 'right'),
      title('POD SLOTS', BAR),
      title('CPU REQ', BAR),
      ...(roomy ? [title('USED', USED, 'right')] : []),
      title('MEM REQ', BAR),
      ...(roomy ? [title('USED', USED, 'right')] : []),
      title('PROBLEMS', problems),
    ],
  };
}

function placeLine(place: PlaceFacts, facts: PulseFacts, widths: Widths): BoardLine {
  const { namespace, placesKnown } = facts;
  const { roomy } = widths;
  const { load, is, name } = place;
  const bearer = BEARER?.resource.id ?? '';
  const isNowhere = load.nodes === 0;
  const title = placeName(place);
  const at = (kind: PulseKind | undefined, scope: string) => (row: BaseRow) =>
    inScope(row, scope) && (is === 'all' || kind?.spot?.(row)[is] === name);
  const used = (share: Share): readonly Field[] =>
    roomy ? [{ cell: usedCell(share, load), width: USED, align: 'right' }] : [];
  const bars: readonly Field[] = isNowhere
    ? barWidths(roomy).map((width) => ({ cell: '', width }))
    : [
        { cell: barCell(load.slots, load), width: BAR },
        { cell: barCell(load.cpu, load), width: BAR },
        ...used(load.cpuUsed),
        { cell: barCell(load.memory, load), width: BAR },
        ...used(load.memoryUsed),
      ];
  return {
    fields: [
      {
        id: `place:${is}:${name ?? '?'}`,
        cell: [[`${is === 'all' ? '' : '  '}${title}`, is === 'group' ? 'text' : 'strong']],
        cut: 'middle',
        grows: true,
        ...(isNowhere
          ? {}
          : {
              link: {
                to: bearer,
                ...(is === 'all' ? {} : { target: { label: title, only: at(BEARER, '') } }),
              },
            }),
      },
      { cell: nodesCell(place, placesKnown.nodes), width: widths.nodes, align: 'right' },
      ...bars,
      {
        ...problemField(place, title, at(BORNE, namespace), facts),
        width: widths.problems,
      },
    ],
  };
}

function problemField(
  place: PlaceFacts,
  title: string,
  only: (row: BaseRow) => boolean,
  { namespace, placesKnown }: PulseFacts,
): Field {
  const { is, name, problems, broken } = place;
  if (problems === 0) return { cell: placesKnown.problems ? NONE : UNKNOWN };
  const target = is === 'all' ? {} : { target: ofScope({ label: title, only }, namespace) };
  return {
    id: `problems:${is}:${name ?? '?'}`,
    cell: [[problemsText(place), broken ? 'bad' : 'warn']],
    link: { to: BORNE?.resource.id ?? '', problems: true, ...target },
  };
}

const barWidths = (roomy: boolean): readonly number[] =>
  roomy ? [BAR, BAR, USED, BAR, USED] : [BAR, BAR, BAR];

function placeName({ is, name, load }: PlaceFacts): string {
  if (is === 'all') return 'all nodes';
  if (name === null) return '? not known';
  if (name !== '') return is === 'zone' ? shortZone(name) : name;
  return load.nodes === 0 ? 'on no node' : `no ${is}`;
}

function nodesCell(place: PlaceFacts, known: boolean): Cell {
  const { load, troubled } = place;
  const { nodes, ready } = load;
  if (nodes === 0) return known ? NONE : UNKNOWN;
  const tone = ready < nodes ? 'bad' : troubled > 0 ? 'warn' : 'text';
  return [[nodesText(place), tone]];
}

/** Where nodes are made for one pod each there is nothing to fill. */
function barCell(share: Share, { hosts }: Load): Cell {
  return hosts === 0 ? NONE : bar(percentOfShare(share), requestTone);
}

function usedCell(share: Share, { hosts }: Load): Cell {
  if (hosts === 0) return NONE;
  const percent = percentOfShare(share);
  if (percent === null) return UNKNOWN;
  const tone = usageTone(percent);
  return [[`${percent}%`, tone === 'good' ? 'muted' : tone]];
}
