/** Routes of every kind, and what is said of objects of Gateway API that were changed since. */
import { describe, expect, it } from 'vitest';
import { decoderOf } from '../../../src/domain/tables/index.ts';
import { gatewayclasses } from '../../../src/resources/gatewayclasses.ts';
import { gateways } from '../../../src/resources/gateways.ts';
import { grpcroutes } from '../../../src/resources/grpcroutes.ts';
import { httproutes } from '../../../src/resources/httproutes.ts';
import { tcproutes } from '../../../src/resources/tcproutes.ts';
import { condition, ctx, metadata, PARENT, said, TAKEN } from '../../support/gateway-objects.ts';

describe('what is said of an object as it was', () => {
  /** Its spec was written so long ago; its labels, and what is said of it, just now. */
  const written = (minutes: number): object => ({
    generation: 2,
    managedFields: [
      { manager: 'argocd', time: ago(minutes), fieldsV1: { 'f:spec': { 'f:rules': {} } } },
      { manager: 'labeler', time: ago(0), fieldsV1: { 'f:metadata': { 'f:labels': {} } } },
      { manager: 'controller', time: ago(0), subresource: 'status', fieldsV1: { 'f:spec': {} } },
    ],
  });
  const ago = (minutes: number): string => new Date(ctx.now - minutes * 60_000).toISOString();
  const changed = written(1);
  const about = (generation: number, type: string, status: string) => ({
    ...condition(type, status, 'Invalid', 'no such subnet'),
    observedGeneration: generation,
  });
  const changedGateway = (
    conditions: readonly object[],
    listener: readonly object[] = [],
    more = changed,
  ) =>
    decoderOf('gateways').json({
      metadata: metadata('web', 600, more),
      spec: {
        gatewayClassName: 'alb',
        listeners: [{ name: 'https', protocol: 'HTTPS', port: 443 }],
      },
      status: { conditions, listeners: [{ name: 'https', conditions: listener }] },
    });

  it('counts for nothing once that was changed, good or bad', () => {
    for (const status of ['True', 'False']) {
      const row = changedGateway([about(1, 'Accepted', status), about(1, 'Programmed', status)]);
      expect(said(gateways, 'status', row)).toBe(
        '… Not judged · its latest change is not judged yet',
      );
    }
    const judged = [about(2, 'Accepted', 'True'), about(2, 'Programmed', 'True')];
    expect(said(gateways, 'status', changedGateway(judged))).toBe('✓ Programmed');
    const half = [about(2, 'Accepted', 'True'), about(1, 'Programmed', 'True')];
    expect(said(gateways, 'status', changedGateway(half))).toMatch(/^… Not judged/);
  });

  it('needs a look where nobody judges it anew: what is of before, and since when', () => {
    const old = [about(1, 'Accepted', 'True'), about(1, 'Programmed', 'True')];
    const late = changedGateway(old, [], written(180));
    expect(gateways.health(late, ctx)).toEqual({
      level: 'warn',
      cause: 'its change 3h ago is not judged: Accepted, Programmed',
    });
    // A server that tells no times of writes: it may have been changed at any time since it was made.
    const untold = changedGateway(old, [], { generation: 2 });
    expect(gateways.health(untold, ctx).cause).toMatch(/^its latest change is not judged: /);
    const route = decoderOf('httproutes').json({
      metadata: metadata('shop', 600, written(180)),
      spec: { parentRefs: [PARENT] },
      status: {
        parents: [
          {
            parentRef: PARENT,
            conditions: [about(2, 'Accepted', 'True'), about(1, 'ResolvedRefs', 'True')],
          },
        ],
      },
    });
    expect(httproutes.health(route, ctx)).toEqual({
      level: 'warn',
      cause: 'its change 3h ago is not judged: ResolvedRefs of web',
    });
    const named = decoderOf('gatewayclasses').json({
      metadata: metadata('alb', 600, written(180)),
      status: { conditions: [about(1, 'Accepted', 'True')] },
    });
    expect(gatewayclasses.health(named, ctx).level).toBe('warn');
  });

  it('is not told of listeners either', () => {
    const judged = [about(2, 'Accepted', 'True'), about(2, 'Programmed', 'True')];
    const row = changedGateway(judged, [about(1, 'ResolvedRefs', 'False')]);
    expect(said(gateways, 'status', row)).toBe('✓ Programmed');
  });

  it('is taken at its word where it does not tell what it is about', () => {
    const accepted = { type: 'Accepted', status: 'False', reason: 'Invalid', message: '' };
    expect(said(gateways, 'status', changedGateway([accepted]))).toMatch(/^✗ Not accepted/);
  });

  it('is not what a gateway says of a route, nor what a controller says of a class', () => {
    const row = decoderOf('httproutes').json({
      metadata: metadata('shop', 600, changed),
      spec: { parentRefs: [PARENT] },
      status: { parents: [{ parentRef: PARENT, conditions: [about(1, 'Accepted', 'False')] }] },
    });
    expect(said(httproutes, 'status', row)).toBe(
      '… Not judged · its latest change is not judged yet',
    );
    expect(httproutes.health(row, ctx).level).toBe('busy');
    const named = decoderOf('gatewayclasses').json({
      metadata: metadata('alb', 600, changed),
      status: { conditions: [about(1, 'Accepted', 'True')] },
    });
    expect(said(gatewayclasses, 'status', named)).toBe(
      '… Not judged · its latest change is not judged yet',
    );
  });
});

describe('routes of other kinds', () => {
  const of = (table: 'grpcroutes' | 'tcproutes', apiVersion: string, rules: readonly object[]) =>
    decoderOf(table).json({
      apiVersion,
      metadata: metadata('shop'),
      spec: { parentRefs: [PARENT], hostnames: ['rpc.example.com'], rules },
      status: { parents: [{ parentRef: PARENT, conditions: TAKEN }] },
    });
  const backendRefs = [{ name: 'api', port: 9000 }];

  it('of gRPC match services and methods', () => {
    const row = of('grpcroutes', 'gateway.networking.k8s.io/v1', [
      { matches: [{ method: { service: 'shop.Cart', method: 'Add' } }], backendRefs },
      {
        matches: [
          { method: { service: 'shop.Cart' }, headers: [{ name: 'canary', value: 'yes' }] },
        ],
        backendRefs,
      },
      { matches: [{ method: { type: 'RegularExpression', method: 'Get.*' } }], backendRefs },
      { backendRefs },
    ]);
    expect(row.backends.map(({ match }) => match)).toEqual([
      ...['shop.Cart/Add', 'shop.Cart where canary=yes', '~/Get.*', 'all'],
    ]);
    expect(said(grpcroutes, 'hosts', row)).toBe('rpc.example.com');
    expect(said(grpcroutes, 'status', row)).toBe('✓ Accepted');
    expect(grpcroutes.ref?.(row)).toMatchObject({ resource: 'grpcroutes', version: 'v1' });
  });

  it('of connections match all, have no hosts, and are referred to in their own version', () => {
    const row = of('tcproutes', 'gateway.networking.k8s.io/v1alpha2', [{ backendRefs }]);
    expect(row.backends).toMatchObject([{ match: 'all', service: 'api', port: '9000' }]);
    expect(tcproutes.columns.map(({ id }) => id)).not.toContain('hosts');
    expect(tcproutes.ref?.(row)).toMatchObject({ kind: 'TCPRoute', version: 'v1alpha2' });
  });

  it('are where a gateway leads to whose listeners take them', () => {
    const { enter } = gateways;
    const to = (protocol: string): unknown => {
      const row = decoderOf('gateways').json({
        metadata: metadata('web'),
        spec: { listeners: [{ name: 'one', protocol, port: 1 }] },
      });
      return enter?.is === 'link' ? enter.target(row, null as never) : null;
    };
    expect(['HTTPS', 'TLS', 'TCP', 'UDP'].map(to)).toMatchObject(
      ['httproutes', 'tlsroutes', 'tcproutes', 'udproutes'].map((table) => ({ to: table })),
    );
  });
});
