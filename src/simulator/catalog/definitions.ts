/** Puts the kinds that a cluster defines, and objects of them, as they are at the present. */
import { stampOf } from '../clock.ts';
import { establish } from '../controllers/custom-resources.ts';
import type { CustomNames, PrinterColumn } from '../world/custom-resource-objects.ts';
import { withDefinitionDefaults } from '../world/custom-resources.ts';
import type { Condition, Labels } from '../world/objects.ts';
import type { World } from '../world/world.ts';

const MINUTE = 60_000;

/** A kind that a cluster defines. */
export interface Definition {
  readonly group: string;
  readonly names: CustomNames;
  readonly namespaced?: boolean;
  readonly version?: string;
  /** `Name jsonPath`, with the type where it is no string; a plus marks those for wide tables. */
  readonly columns: readonly string[];
  /** The schemas of its fields, as OpenAPI has them. */
  readonly fields: Readonly<Record<string, object>>;
  /** When it was installed, in days before the present. */
  readonly ageDays: number;
}

/** Defines a kind. */
export function plantDefinition(world: World, definition: Definition): void {
  const { group, names, namespaced = false, version = 'v1', columns, fields } = definition;
  const name = `${names.plural}.${group}`;
  const draft = withDefinitionDefaults({
    metadata: {
      name,
      uid: '',
      resourceVersion: '',
      creationTimestamp: stampOf(world.clock.date() - definition.ageDays * 24 * 60 * MINUTE),
    },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names,
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: fields } },
          subresources: { status: {} },
          additionalPrinterColumns: columns.map(columnOf),
        },
      ],
    },
  });
  world.store.create('customresourcedefinitions', draft as never);
  establish(world, name);
}

function columnOf(text: string): PrinterColumn {
  const [name = '', jsonPath = '', type = 'string'] = text.split(' ');
  const wide = name.endsWith('+');
  return { name: name.replace('+', ''), type, jsonPath, ...(wide && { priority: 1 }) };
}

/** An object of a kind that was defined before. */
export interface CustomObject {
  /** `nodepools.karpenter.sh` */
  readonly of: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly ageMinutes: number;
  readonly spec: object;
  /** Beside its conditions. */
  readonly status?: object;
  /** `Type Status Reason message in words`; absent for kinds whose conditions stand elsewhere. */
  readonly conditions?: readonly string[];
}

/** Puts an object of such a kind. */
export function plantCustom(world: World, object: CustomObject): void {
  const { of, name, namespace, labels, annotations, spec, status, conditions } = object;
  const creationTimestamp = stampOf(world.clock.date() - object.ageMinutes * MINUTE);
  world.store.create(of as `${string}.${string}`, {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      creationTimestamp,
    },
    spec,
    status: {
      ...status,
      ...(conditions && {
        conditions: conditions.map((text): Condition => {
          const [type = '', state = '', reason = '', ...words] = text.split(' ');
          return {
            type,
            status: state as Condition['status'],
            observedGeneration: 1,
            lastTransitionTime: creationTimestamp,
            reason,
            message: words.join(' '),
          };
        }),
      }),
    },
  });
}
