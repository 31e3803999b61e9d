import type { ContainerInfo, ContainerSpec } from '../../../../src/domain/container.ts';
import { container } from '../../../support/rows.ts';

/** A container that runs, and what is given of it. */
export const containerRow = (given: Partial<ContainerInfo & ContainerSpec> = {}): ContainerInfo =>
  container({ name: 'api', image: 'api', ...given });
