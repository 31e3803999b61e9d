/** The keys that declarations bring along: sort keys of columns, links of resources, actions. */
import type { AnyAction } from '../actions/engine/define.ts';
import { DEFAULT_BINDINGS } from '../keys/default-keymap.ts';
import type { Binding } from '../keys/keymap.ts';
import { containerColumns } from '../resources/containers.ts';
import type { AnyResource } from '../resources/define.ts';
import { erased } from './resource/erased.ts';

/** The part of a column that makes a sort key. */
interface Sortable {
  readonly id: string;
  readonly title: string;
  readonly sortKey?: string;
}

/** The keymap layer of a resource's pane. */
export const paneLayer = (resource: string): string => `pane:${resource}`;

/** All bindings: the default ones and those of these resources and actions. */
export function allBindings(
  resources: readonly AnyResource[],
  actions: readonly AnyAction[],
): readonly Binding[] {
  return [
    ...DEFAULT_BINDINGS,
    ...resources.flatMap((resource) => [
      ...sortBindings(resource.id, resource.columns),
      ...linkBindings(resource),
      ...actionBindings(resource.id, actions),
    ]),
    ...sortBindings('containers', containerColumns),
    ...actionBindings('containers', actions),
  ];
}

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

function linkBindings(resource: AnyResource): readonly Binding[] {
  return Object.entries(erased(resource).links).flatMap(([key, { title }], i) =>
    // Enter is a command of every table; what it opens is said by the resource's help.
    key === 'enter'
      ? []
      : {
          layer: paneLayer(resource.id),
          command: `link:${key}`,
          keys: [key],
          title: title.charAt(0).toUpperCase() + title.slice(1),
          group: 'Go' as const,
          hint: shortLink(title),
          priority: 48 - i,
        },
  );
}

/** `node of this pod` → `node`. */
const shortLink = (title: string): string => title.replace(/ (of|that|this|behind) .*$/, '');

const actionBindings = (resource: string, actions: readonly AnyAction[]): readonly Binding[] =>
  actions
    .filter(({ appliesTo }) => appliesTo.includes(resource))
    .map((action, i) => ({
      layer: paneLayer(resource),
      command: `action:${action.id}`,
      // Without a key it is in the palette only.
      keys: action.key === '' ? [] : [action.key],
      title: `${action.title}: ${action.description.charAt(0).toLowerCase()}${action.description.slice(1)}`,
      group: 'Act' as const,
      ...(action.key !== '' && { hint: action.title.toLowerCase(), priority: 66 - i }),
    }));
