/** Columns of what makes pods from a template. */
import { shortImage } from '../domain/image.ts';
import { known } from './cells.ts';
import { textColumn } from './columns.ts';
import type { Column } from './define.ts';

interface Templated {
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly serviceAccount: string;
  readonly managedBy: string;
}

export const IMAGES: Column<Pick<Templated, 'containers'>> = {
  id: 'images',
  copies: 'images',
  tells: 'identity',
  title: 'IMAGES',
  description: 'Images of its containers, without their registries.',
  tier: 1,
  min: 14,
  max: 80,
  grow: 2,
  cut: 'middle',
  value: (row) => row.containers.map(({ image }) => image).join(','),
  cell: (row) => known(row.containers.map(({ image }) => shortImage(image)).join(' ')),
};

export const MANAGED_BY = textColumn<Templated>(
  {
    id: 'managedBy',
    title: 'MANAGED-BY',
    description: 'What would revert a change made by hand: Helm, Argo CD, Flux.',
    tier: 2,
  },
  (row) => row.managedBy,
);

export const CONTAINERS = textColumn<Templated>(
  {
    id: 'containers',
    title: 'CONTAINERS',
    description: 'Names of its containers.',
    tier: 3,
    max: 60,
  },
  (row) => row.containers.map(({ name }) => name).join(','),
);

export const SERVICE_ACCOUNT = textColumn<Templated>(
  {
    id: 'serviceAccount',
    title: 'SERVICE-ACCOUNT',
    description: 'Service account of its pods.',
    tier: 3,
  },
  (row) => row.serviceAccount,
);

export const SELECTOR = textColumn<{ readonly selector: string }>(
  { id: 'selector', title: 'SELECTOR', description: 'Labels of its pods.', tier: 3, max: 80 },
  (row) => row.selector,
);
