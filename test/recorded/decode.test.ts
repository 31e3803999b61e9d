import { describe, expect, it } from 'vitest';
import { humanDuration } from '../../src/core/duration.ts';
import { metricText } from '../../src/domain/hpa-metric.ts';
import { completionsText, runningFor } from '../../src/domain/job.ts';
import type { PodRow } from '../../src/domain/rows.ts';
import type { KubeTableId, KubeTables } from '../../src/domain/tables/index.ts';
import { readBookmark, readWatchEvent } from '../../src/sources/kube/envelope.ts';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { kubectlOf, messagesOf, objectsOf, RECORDED, recorded, tableOf } from './fixtures.ts';

const rowsOf = <T extends KubeTableId>(table: T): KubeTables[T][] =>
  objectsOf(table).map((object) => decoderOf(table).json(object));

/** The moment of the recorded tables: `api` was 70 s old, and events are told to the millisecond. */
const NOW = Date.parse('2026-11-24T04:02:48Z') + 70_700;
/** Jobs were recorded a moment later. */
const JOBS_NOW = Date.parse('2026-11-24T04:03:59Z');

function restartsText({ restarts, lastRestart }: PodRow, now: number): string {
  return lastRestart === 0
    ? String(restarts)
    : `${restarts} (${humanDuration(now - lastRestart)} ago)`;
}

const orNone = (text: string): string => text || '<none>';

describe('answers of a real API server', () => {
  it.each(RECORDED)('gives the same rows of %s from JSON and from protobuf', (table) => {
    const rows = rowsOf(table);
    expect(rows.length).toBeGreaterThan(0);
    expect(messagesOf(table).map((message) => decoderOf(table).protobuf(message))).toEqual(rows);
  });

  it.each(RECORDED)('gives rows of %s that can be sent to another thread', (table) => {
    expect(structuredClone(rowsOf(table))).toEqual(rowsOf(table));
  });

  it('prints pods as the server does', () => {
    const printed = rowsOf('pods').map((pod) => ({
      Name: pod.name,
      Ready: `${pod.ready}/${pod.total}`,
      Status: pod.status,
      Restarts: restartsText(pod, NOW),
      IP: orNone(pod.ip),
      Node: orNone(pod.node),
    }));
    expect(tableOf('pods')).toMatchObject(printed);
  });

  it('prints pods as kubectl does', () => {
    // A few seconds later than the list: what changed in between is the ages.
    const later = NOW + 8_000;
    const byName = new Map(rowsOf('pods').map((pod) => [pod.name, pod]));
    const known = kubectlOf('pods').filter(({ NAME }) => byName.has(NAME ?? ''));
    expect(known.length).toBeGreaterThan(10);
    for (const { NAME = '', READY, STATUS, RESTARTS } of known) {
      const pod = byName.get(NAME);
      if (!pod) continue;
      expect({
        READY: `${pod.ready}/${pod.total}`,
        STATUS: pod.status,
        RESTARTS: restartsText(pod, later),
      }).toEqual({ READY, STATUS, RESTARTS });
    }
  });

  it('prints nodes as the server does', () => {
    const printed = rowsOf('nodes').map((node) => ({
      Name: node.name,
      Status: node.status,
      Roles: orNone(node.roles),
      Version: node.version,
      'Internal-IP': orNone(node.internalIP),
      'External-IP': orNone(node.externalIP),
    }));
    expect(tableOf('nodes')).toMatchObject(printed);
  });

  it('prints services as the server does', () => {
    const printed = rowsOf('services').map((service) => ({
      Name: service.name,
      Type: service.type,
      'Cluster-IP': service.clusterIP,
      'External-IP': orNone(service.external),
      'Port(s)': service.ports.map(({ port, protocol }) => `${port}/${protocol}`).join(','),
      Selector: Object.entries(service.selector).join().replace(',', '='),
    }));
    expect(tableOf('services')).toMatchObject(printed);
  });

  it('prints HPAs as the server does', () => {
    const printed = rowsOf('hpas').map((hpa) => ({
      Reference: `${hpa.targetKind}/${hpa.targetName}`,
      Targets: hpa.metrics.map((metric) => `${metric.name}: ${metricText(metric)}`).join(', '),
      MinPods: String(hpa.min),
      MaxPods: hpa.max,
      Replicas: hpa.current,
    }));
    expect(tableOf('hpas')).toMatchObject(printed);
  });

  it('prints workloads as the server does', () => {
    const images = ({ containers }: KubeTables['deployments']): object => ({
      Containers: containers.map(({ name }) => name).join(','),
      Images: containers.map(({ image }) => image).join(','),
    });
    expect(tableOf('deployments')).toMatchObject(
      rowsOf('deployments').map((row) => ({
        ...images(row),
        Ready: `${row.ready}/${row.desired}`,
        'Up-to-date': row.updated,
        Available: row.available,
        Selector: row.selector,
      })),
    );
    expect(tableOf('statefulsets')).toMatchObject(
      rowsOf('statefulsets').map((row) => ({
        ...images(row),
        Ready: `${row.ready}/${row.desired}`,
      })),
    );
    expect(tableOf('daemonsets')).toMatchObject(
      rowsOf('daemonsets').map((row) => ({
        ...images(row),
        Desired: row.desired,
        Current: row.current,
        Ready: row.ready,
        'Up-to-date': row.updated,
        Available: row.available,
        Selector: row.selector,
      })),
    );
    expect(tableOf('replicasets')).toMatchObject(
      rowsOf('replicasets').map((row) => ({
        ...images(row),
        Desired: row.desired,
        Current: row.current,
        Ready: row.ready,
        Selector: row.selector,
      })),
    );
  });

  it('prints jobs and cron jobs as the server does', () => {
    expect(tableOf('jobs')).toMatchObject(
      rowsOf('jobs').map((job) => ({
        Status: job.status,
        Completions: completionsText(job),
        Duration: humanDuration(runningFor(job, JOBS_NOW) ?? 0),
        Images: job.containers.map(({ image }) => image).join(','),
        Selector: job.selector,
      })),
    );
    expect(tableOf('cronjobs')).toMatchObject(
      rowsOf('cronjobs').map((cronJob) => ({
        Schedule: cronJob.schedule,
        Timezone: orNone(cronJob.timeZone),
        Suspend: cronJob.suspended ? 'True' : 'False',
        Active: cronJob.active,
        'Last Schedule': humanDuration(JOBS_NOW - cronJob.lastSchedule),
        Images: cronJob.containers.map(({ image }) => image).join(','),
      })),
    );
    expect(rowsOf('cronjobs')[0]?.due).toBe(Date.parse('2026-11-24T04:04:00Z'));
  });

  it('prints events as the server does', () => {
    const printed = rowsOf('events').map((event) => ({
      'Last Seen': humanDuration(NOW - event.last),
      'First Seen': humanDuration(NOW - event.first),
      Type: event.type,
      Reason: event.reason,
      Object: `${event.objectKind.toLowerCase()}/${event.objectName}`,
      Source: event.source,
      Message: event.message,
      Count: event.count,
      Name: event.name,
    }));
    expect(tableOf('events')).toMatchObject(printed);
  });
});

describe('the recorded watch of pods', () => {
  it('gives the same events in both encodings', () => {
    const frames = framesOf(recorded('pods.watchlist.pb')).map(readWatchEvent);
    const lines = recorded('pods.watchlist.jsonl').toString().trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { type: string; object: unknown });
    const decoder = decoderOf('pods');
    const changes = ({ type }: { readonly type: string }): boolean => type !== 'BOOKMARK';
    expect(frames.filter(changes).map(({ raw }) => decoder.protobuf(raw))).toEqual(
      events.filter(changes).map(({ object }) => decoder.json(object)),
    );
    expect(frames.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
    const bookmarks = frames.filter(({ type }) => type === 'BOOKMARK');
    expect(bookmarks.map(({ raw }) => readBookmark(raw).initialEventsEnd)).toContain(true);
  });
});

/** Cuts a recorded stream at its 4-byte lengths. */
function framesOf(stream: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < stream.length;) {
    const end = at + 4 + stream.readUInt32BE(at);
    frames.push(stream.subarray(at + 4, end));
    at = end;
  }
  return frames;
}

it('has all addresses of a pod that has one of each family', () => {
  const pod = rowsOf('pods').find(({ name }) => name === 'st-crash');
  expect([pod?.ip, pod?.otherIps]).toEqual(['10.0.9.77', ['2001:db8::77']]);
});
