import type { EventRow } from '../../../domain/rows.ts';
import { count, part, prose, text, time, word } from './field.ts';
import { message, type Read } from './message.ts';
import { METADATA, objectRow } from './meta.ts';

/** core/v1 Event. */
export const EVENT = message({
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
export function eventRow(event: Event): EventRow {
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
