import { WireType } from '@bufbuild/protobuf/wire';
import { object } from '../../core/json.ts';
import type { ObjectRow } from '../row.ts';
import { int, part } from '../wire/field.ts';
import { message, type Field, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { PLAIN_TEMPLATE, restartedAt, type Templated } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';

/** A template that a stateful or daemon set had: its owner. */
export interface ControllerRevisionRow
  extends ObjectRow, Pick<Templated, 'containers' | 'restartedAt'> {
  /** The highest of an owner is what it is to run; one that is gone back to becomes that. */
  readonly revision: number;
}

const PATCH = message({
  spec: part(2, message({ template: part(3, PLAIN_TEMPLATE) })),
});

/** A RawExtension: JSON in either encoding, and an object of its own in JSON. */
const DATA: Field<Read<typeof PATCH>> = {
  number: 2,
  wireType: WireType.LengthDelimited,
  absent: PATCH.empty,
  read: (wire) => RAW.readTo(wire, wire.end()).raw,
  json: (value) => PATCH.json(value),
};

const RAW = message({
  raw: {
    number: 1,
    wireType: WireType.LengthDelimited,
    absent: PATCH.empty,
    read: (wire) => patchOf(Buffer.from(wire.bytes()).toString()),
    json: () => PATCH.empty,
  } satisfies Field<Read<typeof PATCH>>,
});

/** What somebody keeps there that is no JSON tells nothing. */
function patchOf(json: string): Read<typeof PATCH> {
  try {
    return PATCH.json(object(JSON.parse(json)));
  } catch {
    return PATCH.empty;
  }
}

/** apps/v1 ControllerRevision. */
const CONTROLLER_REVISION = message({
  metadata: part(1, METADATA),
  data: DATA,
  revision: int(3),
});

/** The row of a controller revision. */
function controllerRevisionRow({
  metadata,
  data,
  revision,
}: Read<typeof CONTROLLER_REVISION>): ControllerRevisionRow {
  const { template } = data.spec;
  return {
    ...objectRow(metadata),
    revision,
    containers: template.spec.containers.map(({ name, image }) => ({ name, image })),
    restartedAt: restartedAt(template),
  };
}

export const controllerrevisions = objectTable({
  kind: {
    group: 'apps',
    version: 'v1',
    resource: 'controllerrevisions',
    kind: 'ControllerRevision',
    namespaced: true,
  },
  message: CONTROLLER_REVISION,
  row: controllerRevisionRow,
  keepsGone: false,
});
