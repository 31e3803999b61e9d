/** The keys that declarations bring along: sort keys of columns, links of resources, actions. */
import type { AnyAction } from '../actions/engine/define.ts';
import { DEFAULT_BINDINGS, elsewhere } from '../keys/default-keymap.ts';
import type { Binding } from '../keys/keymap.ts';
import type { AnyResource } from '../resources/define.ts';
import { ANY_FOUND } from '../resources/found.ts';
import { untyped } from './resource/row-resource.ts';

/** The part of a column that makes a sort key. */
interface Sortable {
  readonly id: string;
  readonly title: string;
  readonly sortKey?: string;
}

/** The keymap layer of a resource's pane. */
export const paneLayer = (resource: string): string => `pane:${resource}`;

/** What the keys of a resource go by. */
export const keysOf = ({ id, keys = id }: Pick<AnyResource, 'id' | 'keys'>): string => keys;

/** All bindings: the default ones and those of these resources and actions. */
export function allBindings(
  resources: readonly AnyResource[],
  actions: readonly AnyAction[],
): readonly Binding[] {
  return [
    ...DEFAULT_BINDINGS,
    ...byKeys([...resources, ANY_FOUND]).flatMap((resource) => [
      ...sortBindings(keysOf(resource), resource.columns),
      ...linkBindings(resource),
      ...actionBindings(keysOf(resource), applyingTo(keysOf(resource), actions), OF_ROWS),
      ...actionBindings(keysOf(resource), objectActions(resource, actions), OF_OBJECTS),
      ...partBindings(resource, actions),
      ...elsewhere(`elsewhere:${resource.id}`, resource.instead ?? []),
    ]),
  ];
}

/** The first of those whose keys are the same: each key is bound once. */
const byKeys = (resources: readonly AnyResource[]): readonly AnyResource[] =>
  resources.filter((each, i) => resources.findIndex((one) => keysOf(one) === keysOf(each)) === i);

const sortBindings = (resource: string, columns: readonly Sortable[]): readonly Binding[] =>
  columns.flatMap((column) =>
    column.sortKey === undefined
      ? []
      : {
          layer: paneLayer(resource),
          command: `sort:${column.id}`,
          keys: [column.sortKey],
          title: `Sort by ${column.title}; again reverses`,
          group: 'Find and sort' as const,
        },
  );

/** The keys on the parts of a row, where enter shows some. */
function partBindings(resource: AnyResource, actions: readonly AnyAction[]): readonly Binding[] {
  const { enter } = untyped(resource);
  if (enter?.is !== 'parts') return [];
  const { id, columns } = enter.parts;
  return [...sortBindings(id, columns), ...actionBindings(id, applyingTo(id, actions), OF_ROWS)];
}

function linkBindings(resource: AnyResource): readonly Binding[] {
  return Object.entries(untyped(resource).links ?? {}).map(([key, { title }], i) => ({
    layer: paneLayer(keysOf(resource)),
    command: `link:${key}`,
    keys: [key],
    title: title.charAt(0).toUpperCase() + title.slice(1),
    group: 'Go' as const,
    hint: shortLink(title),
    priority: 47 - i,
  }));
}

/** `node of this pod` → `node`. */
const shortLink = (title: string): string => title.replace(/ (of|that|this|behind) .*$/, '');

const applyingTo = (resource: string, actions: readonly AnyAction[]): readonly AnyAction[] =>
  actions.filter(({ appliesTo }) => appliesTo.includes(resource));

/** Those on the objects that the rows of a resource tell of, in the order of its declaration. */
const objectActions = (
  resource: AnyResource,
  actions: readonly AnyAction[],
): readonly AnyAction[] =>
  (resource.objectActions?.actions ?? []).flatMap((id) =>
    actions.filter((action) => action.id === id),
  );

/** How much the hints of actions matter: those on rows come before opening one, the others after it. */
const OF_ROWS = 66;
const OF_OBJECTS = 58;

const actionBindings = (
  resource: string,
  actions: readonly AnyAction[],
  priority: number,
): readonly Binding[] =>
  actions.map((action, i) => ({
    layer: paneLayer(resource),
    command: `action:${action.id}`,
    // Without a key it is in the palette only.
    keys: action.key === '' ? [] : [action.key],
    title: `${action.title}: ${action.description.charAt(0).toLowerCase()}${action.description.slice(1)}`,
    group: 'Act' as const,
    ...(action.key !== '' && { hint: action.title.toLowerCase(), priority: priority - i }),
  }));
