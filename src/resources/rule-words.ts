/** Rules of roles in words, short for a column and in full for a description. */
import type { Cell, Segment } from '../core/styled.ts';
import type { PolicyRule } from '../domain/rbac.ts';
import { toned } from './cells.ts';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete'];

/** Verbs in as few words as say the same: `read`, `read,write`, `get,patch`, `all`. */
function verbsText(verbs: readonly string[]): string {
  if (verbs.includes('*')) return 'all';
  const words: string[] = [];
  let rest = [...new Set(verbs)];
  for (const [word, all] of [
    ['read', READ],
    ['write', WRITE],
  ] as const) {
    if (!all.every((verb) => rest.includes(verb))) continue;
    words.push(word);
    rest = rest.filter((verb) => !all.includes(verb) && verb !== 'deletecollection');
  }
  return [...words, ...rest].join(',');
}

/** A resource in its group, as kubectl writes it: `pods`, `deployments.apps/scale`, `*.apps`. */
function placed(each: string, group: string): string {
  const [resource = '', ...sub] = each.split('/');
  const place = group === '' || (group === '*' && resource === '*') ? '' : `.${group}`;
  return [`${resource}${place}`, ...sub].join('/');
}

/** Paths that are no resources, told from these. */
const pathsOf = ({ nonResourceURLs }: PolicyRule): readonly string[] =>
  nonResourceURLs.map((url) => (url === '*' ? '/*' : url));

/** How many things of one rule a short text names, and how many rules. */
const FEW = 2;
const FEW_RULES = 4;

/** Rules in few words: `read,patch deployments +1; get secrets (only registry, tls)`. */
export function rulesText(rules: readonly PolicyRule[], most = FEW_RULES): string {
  const more = rules.length - most;
  const told = rules
    .slice(0, most)
    .map((rule) => {
      const { apiGroups, resources, resourceNames } = rule;
      // Of which group something is goes without saying, but for a star.
      const things = [
        ...resources.flatMap((each) =>
          each.includes('*') ? apiGroups.map((group) => placed(each, group)) : each,
        ),
        ...pathsOf(rule),
      ];
      const more = things.length > FEW ? ` +${things.length - FEW}` : '';
      const only = resourceNames.length === 0 ? '' : ` (only ${resourceNames.join(', ')})`;
      return `${verbsText(rule.verbs)} ${things.slice(0, FEW).join(',')}${more}${only}`;
    })
    .join('; ');
  return more > 0 ? `${told}; +${more} more` : told;
}

interface Line {
  readonly thing: string;
  readonly verbs: Set<string>;
  readonly names: string;
}

/** What each thing may have done to it, by the rules together, in the order of their names. */
function linesOf(rules: readonly PolicyRule[]): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const rule of rules) {
    const names = rule.resourceNames.join(', ');
    const inGroups = rule.apiGroups.flatMap((group) =>
      rule.resources.map((each) => placed(each, group)),
    );
    for (const thing of [...inGroups, ...pathsOf(rule)]) {
      const key = `${thing}\0${names}`;
      const line = lines.get(key) ?? { thing, verbs: new Set<string>(), names };
      for (const verb of rule.verbs) line.verbs.add(verb);
      lines.set(key, line);
    }
  }
  return [...lines.values()].sort((a, b) => (a.thing < b.thing ? -1 : a.thing > b.thing ? 1 : 0));
}

/** Names of resources longer than this (cells) push what follows. */
const WIDEST = 44;

/** The rules as a table: what they are about, what may be done, to which objects alone. */
export function ruleLines(rules: readonly PolicyRule[]): readonly Cell[] {
  const lines = linesOf(rules);
  if (lines.length === 0) return [toned('no rules: it gives nothing', 'muted')];
  const width = Math.min(WIDEST, Math.max(9, ...lines.map(({ thing }) => thing.length)));
  const told = lines.map(({ thing, verbs, names }): Cell => {
    const segments: Segment[] = [
      [`${thing.padEnd(width)}  `, 'text'],
      [[...verbs].join(' '), 'accent'],
    ];
    if (names !== '') segments.push([`  only ${names}`, 'muted']);
    return segments;
  });
  return [toned(`${'RESOURCES'.padEnd(width)}  VERBS`, 'muted'), ...told];
}
