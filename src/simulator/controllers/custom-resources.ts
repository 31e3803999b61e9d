/** Takes the kinds that custom resource definitions define, and gives up those of deleted ones. */
import { canonicalJson } from '../world/canonical.ts';
import type { CustomResourceDefinition } from '../world/custom-resource-objects.ts';
import { kindsDefinedBy } from '../world/custom-resources.ts';
import type { Kind } from '../world/kinds.ts';
import type { Condition } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/** How long a new definition waits until its kind is served, in ms. */
const DELAY = 30;

export function startCustomResources(world: World): void {
  world.store.subscribe('customresourcedefinitions', ({ type, object, previous }) => {
    if (type === 'DELETED') {
      world.store.undefine(object.metadata.name as Kind['resource']);
    } else if (canonicalJson(object.spec) !== canonicalJson(previous?.spec)) {
      world.clock.after(DELAY, () => establish(world, object.metadata.name));
    }
  });
}

/** Judges the names of a definition, and serves its kind where they are free. */
export function establish(world: World, name: string): void {
  const definition = world.store.get('customresourcedefinitions', '', name);
  if (!definition) return;
  const taken = takenNames(world, definition);
  if (taken === null) {
    const [stored, ...others] = kindsDefinedBy(definition);
    if (stored) world.store.define([stored, ...others]);
  }
  const { spec, status = {} } = definition;
  const stored = spec.versions.filter(({ storage }) => storage).map((version) => version.name);
  const known = status.conditions ?? [];
  const conditions = conditionsOf(world, taken).map((condition) => {
    const before = known.find(({ type }) => type === condition.type);
    return before?.status === condition.status && before.reason === condition.reason
      ? before
      : condition;
  });
  world.store.update('customresourcedefinitions', {
    ...definition,
    status: {
      acceptedNames: taken === null ? spec.names : { plural: '', kind: '' },
      conditions,
      storedVersions: [...new Set([...(status.storedVersions ?? []), ...stored])],
    },
  });
}

interface Taken {
  readonly reason: string;
  readonly name: string;
}

/** The first name that another kind of the group has already; null where none is taken. */
function takenNames(world: World, { metadata, spec }: CustomResourceDefinition): Taken | null {
  const others = world.store.kinds.stored.filter(
    (each) => each.group === spec.group && each.resource !== metadata.name,
  );
  const names = new Set(
    others.flatMap(({ plural, singular, shortNames }) => [plural, singular, ...shortNames]),
  );
  const kinds = new Set(others.flatMap(({ kind }) => [kind, `${kind}List`]));
  const { plural, singular = '', shortNames = [], kind, listKind = '' } = spec.names;
  const wanted: readonly (readonly [reason: string, name: string, taken: Set<string>])[] = [
    ['PluralConflict', plural, names],
    ['SingularConflict', singular, names],
    ...shortNames.map((name) => ['ShortNamesConflict', name, names] as const),
    ['KindConflict', kind, kinds],
    ['ListKindConflict', listKind, kinds],
  ];
  const [reason, name] = wanted.find(([, each, taken]) => taken.has(each)) ?? [];
  return reason === undefined || name === undefined ? null : { reason, name };
}

function conditionsOf({ clock }: World, taken: Taken | null): readonly Condition[] {
  const condition = (
    type: string,
    isTrue: boolean,
    reason: string,
    message: string,
  ): Condition => ({
    type,
    status: isTrue ? 'True' : 'False',
    lastTransitionTime: clock.stamp(),
    reason,
    message,
  });
  if (taken === null) {
    return [
      condition('NamesAccepted', true, 'NoConflicts', 'no conflicts found'),
      condition(
        'Established',
        true,
        'InitialNamesAccepted',
        'the initial names have been accepted',
      ),
    ];
  }
  const { reason, name } = taken;
  return [
    condition('NamesAccepted', false, reason, `${JSON.stringify(name)} is already in use`),
    condition('Established', false, 'NotAccepted', 'not all names are accepted'),
  ];
}
