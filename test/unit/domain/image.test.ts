import { describe, expect, it } from 'vitest';
import { imageProblem, shortImage } from '../../../src/domain/image.ts';

describe('short names', () => {
  it.each([
    ['nginx', 'nginx'],
    ['nginx:1.27', 'nginx:1.27'],
    ['docker.io/library/nginx:1.27', 'nginx:1.27'],
    ['602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/coredns:v1.11.4', 'eks/coredns:v1.11.4'],
    ['localhost:5000/api:1', 'api:1'],
    ['shop/api:2@sha256:0123456789abcdef', 'shop/api:2'],
    ['quay.io/shop/api@sha256:0123456789abcdef', 'shop/api@0123456'],
    ['', ''],
  ])('image %s is %s', (image, short) => {
    expect(shortImage(image)).toBe(short);
  });
});

describe('what is no image', () => {
  it.each([
    'nginx',
    'nginx:1.27',
    'docker.io/library/nginx:1.27',
    'localhost:5000/api:1',
    '[::1]:5000/api:1',
    '602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/core-dns:v1.11.4-eksbuild.2',
    'a/b_c/d__e/f-g--h.i:_x',
    `shop/api:2@sha256:${'0a'.repeat(32)}`,
  ])('%s is one', (image) => {
    expect(imageProblem(image)).toBe('');
  });

  it.each([
    ['', 'missing'],
    ['nginx latest', 'blank'],
    ['nginx:', 'tag'],
    ['nginx:a b', 'blank'],
    ['nginx:-1', 'tag'],
    [`nginx:${'x'.repeat(129)}`, 'tag'],
    ['Nginx', 'small letters'],
    ['shop//api', 'empty'],
    ['/api', 'empty'],
    ['shop/api/', 'empty'],
    ['-.io:5000/api', 'registry'],
    ['api@sha256:12', 'digest'],
    ['api@sha256@sha256', 'more than one'],
    ['https://docker.io/nginx', 'registry'],
    ['api\u001b[31m', 'small letters'],
  ])('%j: %s', (image, problem) => {
    expect(imageProblem(image)).toContain(problem);
  });
});
