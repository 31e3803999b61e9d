/** What machines cost is written into them, by type and zone. */
import { priceUid } from '../tables/prices.ts';
import { join, key } from './join.ts';

const pricesByPlace = key('prices', 'cluster', ({ uid }) => uid);

const nodePrices = join({
  target: key('nodes', 'cluster', ({ instanceType, zone }) => priceUid(instanceType, zone)),
  source: pricesByPlace,
  uses: ['price'],
  fields: ['price'],
  compute: (_, [found]) => ({ price: found?.price ?? null }),
});

const instancePrices = join({
  target: key('instances', 'cluster', ({ type, zone }) => priceUid(type, zone)),
  source: pricesByPlace,
  uses: ['price'],
  fields: ['price'],
  compute: (_, [found]) => ({ price: found?.price ?? null }),
});

const pricedNodes = join({
  target: pricesByPlace,
  source: key('nodes', 'cluster', ({ instanceType, zone }) => priceUid(instanceType, zone)),
  uses: ['name'],
  fields: ['nodes'],
  ofAll: true,
  compute: (_, nodes, known) => ({ nodes: known ? nodes.length : null }),
});

export const PRICE_RULES = [nodePrices, instancePrices, pricedNodes];
