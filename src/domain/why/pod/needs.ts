/** What a pod's spec asks of the node that it may run on. */
import { at, entries, object, objects, text, texts, type Json } from '../../../core/json.ts';
import { parseQuantity } from '../../../core/quantity.ts';
import type { Toleration } from '../../room.ts';
import type { NodeRow } from '../../rows.ts';

/** A requirement on a label, or on the name, of a node. */
interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** All that a term asks for must hold. */
interface Term {
  readonly labels: readonly Requirement[];
  readonly fields: readonly Requirement[];
}

/** What decides which nodes may take a pod, as far as its spec says it. */
export interface NodeNeeds {
  readonly nodeSelector: readonly (readonly [key: string, value: string])[];
  /** One of them must hold; null: it asks for none. */
  readonly affinity: readonly Term[] | null;
  /** The nodes that its affinity names, as that of a daemon set's pod; null: it names none. */
  readonly names: readonly string[] | null;
  readonly tolerations: readonly Toleration[];
  /** Beside CPU and memory, what its containers ask for, by name. */
  readonly extended: ReadonlyMap<string, number>;
}

/** Reads them of a pod. */
export function nodeNeeds(pod: Json): NodeNeeds {
  const spec = object(pod['spec']);
  const required = at(
    spec,
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
  );
  const affinity =
    required === undefined || required === null
      ? null
      : objects(at(required, 'nodeSelectorTerms')).map((term) => ({
          labels: objects(term['matchExpressions']).map(requirement),
          fields: objects(term['matchFields']).map(requirement),
        }));
  return {
    nodeSelector: entries(spec['nodeSelector']),
    affinity,
    names: affinity === null ? null : namesIn(affinity),
    tolerations: objects(spec['tolerations']).map((each) => ({
      key: text(each['key']),
      operator: text(each['operator']) || 'Equal',
      value: text(each['value']),
      effect: text(each['effect']),
    })),
    extended: extendedOf(spec),
  };
}

/** The scheduler looks at no other node where each of the terms names some (its NodeAffinity, PreFilter). */
function namesIn(terms: readonly Term[]): readonly string[] | null {
  const named = terms.map(
    ({ fields }) =>
      fields.find(({ key, operator }) => key === 'metadata.name' && operator === 'In')?.values,
  );
  const names = named.filter((each) => each !== undefined);
  return names.length > 0 && names.length === terms.length ? [...new Set(names.flat())] : null;
}

const requirement = (each: Json): Requirement => ({
  key: text(each['key']),
  operator: text(each['operator']),
  values: texts(each['values']),
});

/** Those of its main containers together; no container may ask for parts of them. */
function extendedOf(spec: Json): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const container of objects(spec['containers'])) {
    for (const [name, amount] of entries(at(container, 'resources', 'requests'))) {
      if (name === 'cpu' || name === 'memory') continue;
      sums.set(name, (sums.get(name) ?? 0) + (parseQuantity(amount) ?? 0));
    }
  }
  return sums;
}

/** Of what the pod asks of a node's labels and name the first that the node has not; empty: it has all. */
export function unmet(needs: NodeNeeds, node: NodeRow): string {
  const wrong = needs.nodeSelector.find(([key, value]) => node.labels[key] !== value);
  if (wrong !== undefined) return `node selector ${wrong.join('=')}`;
  if (needs.affinity === null || needs.affinity.some((term) => holds(term, node))) return '';
  return `node affinity ${needs.affinity.map(termText).join(' or ')}`;
}

/** Of nodes of which each is without some of it, as {@link unmet} tells: what none of them has. */
export function noneMatches(nodes: number, misfits: Iterable<string>): string {
  const [only = '', another] = misfits;
  return `none of ${nodes} matches its ${another === undefined ? only : 'node selector and affinity'}`;
}

/** As the scheduler reads them: a term that asks for nothing takes no node. */
function holds({ labels, fields }: Term, node: NodeRow): boolean {
  if (labels.length + fields.length === 0) return false;
  return (
    labels.every((each) => isMet(each, node.labels[each.key])) &&
    fields.every((each) => isMet(each, each.key === 'metadata.name' ? node.name : undefined))
  );
}

function isMet({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}

const termText = ({ labels, fields }: Term): string =>
  [...labels, ...fields].map(requirementText).join(', ') || '(an empty term)';

function requirementText({ key, operator, values }: Requirement): string {
  const [only = '', another] = values;
  switch (operator) {
    case 'In':
      return another === undefined ? `${key}=${only}` : `${key} in (${values.join(', ')})`;
    case 'NotIn':
      return another === undefined ? `${key}!=${only}` : `${key} not in (${values.join(', ')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Gt':
      return `${key} > ${only}`;
    case 'Lt':
      return `${key} < ${only}`;
    default:
      return `${key} ${operator} ${values.join(', ')}`;
  }
}
