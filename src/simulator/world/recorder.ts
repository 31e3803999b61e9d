import { microStampOf } from '../clock.ts';
import type { SimulatedClock } from '../clock.ts';
import { apiVersionOf } from './kinds.ts';
import type { Resource } from './kinds.ts';
import type { KubeEvent, ObjectReference } from './network-objects.ts';
import type { KubeObject } from './objects.ts';
import { EVENT_TTL, isLongAgo } from './past.ts';
import type { ObjectStore } from './store.ts';

export interface EventDetail {
  readonly type?: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** `deployment-controller`, `kubelet` … */
  readonly component: string;
  /** The node it was told from. */
  readonly host?: string;
  /** `spec.containers{app}` */
  readonly fieldPath?: string;
  /** The scheduler speaks the newer dialect: eventTime and action in place of first and last. */
  readonly action?: string;
}

/** Writes events as the controllers' own recorders do: a repetition counts up the one before. */
export class EventRecorder {
  private readonly store: ObjectStore;
  private readonly clock: SimulatedClock;
  private readonly known = new Map<string, { namespace: string; name: string }>();
  private sequence = 0;

  constructor(store: ObjectStore) {
    this.store = store;
    this.clock = store.clock;
    this.clock.every(
      60_000,
      () => this.expire(),
      Math.max(60_000, this.clock.epoch - this.clock.now()),
    );
  }

  record(resource: Resource, object: KubeObject, detail: EventDetail): void {
    // What is older than the present's memory would be forgotten before anyone reads it.
    if (isLongAgo(this.store)) return;
    const { uid } = object.metadata;
    const identity = `${uid} ${detail.reason} ${detail.component} ${detail.fieldPath ?? ''} ${detail.message}`;
    const before = this.known.get(identity);
    const repeated = before && this.store.get('events', before.namespace, before.name);
    if (repeated) this.store.update('events', this.again(repeated));
    else this.known.set(identity, this.first(resource, object, detail));
  }

  private again(event: KubeEvent): KubeEvent {
    const last = microStampOf(this.clock.date());
    if (event.eventTime) {
      const series = (event as { series?: { count: number } }).series;
      return {
        ...event,
        series: { count: (series?.count ?? 1) + 1, lastObservedTime: last },
      } as KubeEvent;
    }
    return { ...event, count: (event.count ?? 1) + 1, lastTimestamp: this.clock.stamp() };
  }

  private first(
    resource: Resource,
    object: KubeObject,
    detail: EventDetail,
  ): { namespace: string; name: string } {
    const { metadata } = object;
    const kind = this.store.kinds.of(resource);
    // The suffix is the time in nanoseconds, in hexadecimal, as client-go writes it.
    const nanos =
      BigInt(Math.round(this.clock.date() * 1000)) * 1000n + BigInt(this.sequence++ % 1000);
    const name = `${metadata.name}.${nanos.toString(16)}`;
    const namespace = metadata.namespace ?? 'default';
    const involvedObject: ObjectReference = {
      kind: kind.kind,
      ...(metadata.namespace && { namespace: metadata.namespace }),
      name: metadata.name,
      // The kubelet and the node controller name a node by its name also where a uid belongs.
      uid: metadata.uid,
      apiVersion: apiVersionOf(kind),
      resourceVersion: metadata.resourceVersion,
      ...(detail.fieldPath && { fieldPath: detail.fieldPath }),
    };
    const now = this.clock.stamp();
    const newer = detail.action !== undefined;
    this.store.create('events', {
      metadata: { name, namespace },
      involvedObject,
      reason: detail.reason,
      message: detail.message,
      source: newer
        ? {}
        : { component: detail.component, ...(detail.host && { host: detail.host }) },
      firstTimestamp: newer ? null : now,
      lastTimestamp: newer ? null : now,
      ...(newer ? {} : { count: 1 }),
      type: detail.type ?? 'Normal',
      eventTime: newer ? microStampOf(this.clock.date()) : null,
      ...(detail.action !== undefined && { action: detail.action }),
      reportingComponent: detail.component,
      reportingInstance: newer ? `${detail.component}-ip-10-0-96-41` : (detail.host ?? ''),
    });
    return { namespace, name };
  }

  private expire(): void {
    const limit = this.clock.date() - EVENT_TTL;
    for (const event of [...this.store.values('events')]) {
      const series = (event as { series?: { lastObservedTime: string } }).series;
      const { lastTimestamp, eventTime, metadata } = event;
      // Those of clients may say no time at all.
      const last =
        series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
      if (Date.parse(last) >= limit) continue;
      this.store.remove('events', event.metadata.namespace ?? '', event.metadata.name);
    }
    for (const [identity, { namespace, name }] of this.known) {
      if (!this.store.get('events', namespace, name)) this.known.delete(identity);
    }
  }
}
