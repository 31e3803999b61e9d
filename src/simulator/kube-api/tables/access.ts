import type { RoleBinding, Subject } from '../../world/rbac-objects.ts';
import { age, columns } from './human.ts';
import type { TableShape } from './human.ts';

export const BINDINGS: TableShape<RoleBinding> = {
  columns: columns('Name, Role, Age, Users+, Groups+, ServiceAccounts+'),
  cells: ({ metadata, roleRef, subjects = [] }, now) => {
    const of = (kind: string, told: (subject: Subject) => string): string =>
      subjects
        .filter((subject) => subject.kind === kind)
        .map(told)
        .join(', ');
    return [
      metadata.name,
      `${roleRef.kind}/${roleRef.name}`,
      age(metadata.creationTimestamp, now),
      of('User', ({ name }) => name),
      of('Group', ({ name }) => name),
      of('ServiceAccount', ({ namespace = '', name }) => `${namespace}/${name}`),
    ];
  },
};
