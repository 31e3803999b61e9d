import type { ObjectRow } from '../row.ts';
import { count, part, prose, text, time, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface EventRow extends ObjectRow {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly objectKind: string;
  readonly objectName: string;
  readonly objectUid: string;
  readonly source: string;
}

/** core/v1 Event. */
const EVENT = message({
  metadata: part(1, METADATA),
  involvedObject: part(2, message({ kind: word(1), name: text(3), uid: text(4) })),
  reason: word(3),
  message: prose(4),
  source: part(5, message({ component: word(1), host: word(2) })),
  firstTimestamp: time(6),
  lastTimestamp: time(7),
  count: count(8),
  type: word(9),
  eventTime: time(10),
  series: part(11, message({ count: count(1), lastObservedTime: time(2) })),
  reportingComponent: word(14),
  reportingInstance: word(15),
});

type Event = Read<typeof EVENT>;

/** The row of an event, whichever of the two APIs recorded it: their times and counts differ. */
function eventRow(event: Event): EventRow {
  const { metadata, involvedObject, series, source } = event;
  const first = event.firstTimestamp || event.eventTime || metadata.creationTimestamp;
  const component = source.component || event.reportingComponent;
  const host = source.host || event.reportingInstance;
  return {
    ...objectRow(metadata),
    type: event.type,
    reason: event.reason,
    message: event.message,
    count: series.count || event.count || 1,
    first,
    last: Math.max(series.lastObservedTime, event.lastTimestamp, first),
    objectKind: involvedObject.kind,
    objectName: involvedObject.name,
    objectUid: involvedObject.uid,
    source: host === '' ? component : `${component}, ${host}`,
  };
}

export const events = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'events',
    kind: 'Event',
    namespaced: true,
  },
  message: EVENT,
  row: eventRow,
  // They are news themselves, and leave by age.
  keepsGone: false,
});
