import type { Container, LabelSelector, PodTemplate } from '../../world/objects.ts';
import { selectorText } from '../../world/selectors.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  /** 0: always; 1: with `-o wide`. */
  readonly priority: number;
  /** Absent: its name. */
  readonly description?: string;
}

/** A kind's columns and how an object fills them. */
export interface TableShape<T> {
  readonly columns: readonly Column[];
  readonly cells: (object: T, now: number) => readonly (string | number | boolean | null)[];
}

/**
 * Columns from a compact list: `Name, Ready, Age, IP+, Node+`; a plus marks the wide ones. Those that
 * are no texts are named with their type.
 */
export function columns(
  text: string,
  integers: readonly string[] = [],
  others: Readonly<Record<string, string>> = {},
): Column[] {
  return text.split(', ').map((each) => {
    const name = each.replace('+', '');
    return {
      name,
      type: integers.includes(name) ? 'integer' : (others[name] ?? 'string'),
      format: name === 'Name' ? 'name' : '',
      priority: each.endsWith('+') ? 1 : 0,
    };
  });
}

/** Time since a stamp as kubectl prints ages: `45s`, `3m12s`, `5h2m`, `3d4h`, `17d`. */
export function age(stamp: string | null | undefined, now: number): string {
  if (!stamp) return '<unknown>';
  return humanDuration(now - Date.parse(stamp));
}

/** A duration in ms by the rules of `duration.HumanDuration` of apimachinery. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return withRest(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  const years = Math.floor(days / 365);
  if (days < 8 * 365) return withRest(years, 'y', days % 365, 'd');
  return `${years}y`;
}

function withRest(count: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${count}${unit}` : `${count}${unit}${rest}${restUnit}`;
}

/** Names and images of a template, and the selector: the last wide columns of workloads. */
export function templateCells(
  template: PodTemplate,
  selector?: LabelSelector,
): readonly [string, string, string] {
  const join = (pick: (each: Container) => string): string =>
    template.spec.containers.map(pick).join(',');
  return [join((each) => each.name), join((each) => each.image), selectorText(selector)];
}
