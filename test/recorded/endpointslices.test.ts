import { expect, it } from 'vitest';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { objectsOf, tableOf } from './fixtures.ts';

it('are printed as a real API server does', () => {
  const rows = objectsOf('endpointslices').map((object) =>
    decoderOf('endpointslices').json(object),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(tableOf('endpointslices')).toMatchObject(
    rows.map(({ name, addressType, ports }) => ({
      Name: name,
      AddressType: addressType,
      Ports: ports.map((port) => port.replace(/^.*:|\/.*$/g, '')).join(','),
    })),
  );
});
