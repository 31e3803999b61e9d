import { connectTo, refusedPort } from '../container/app.ts';
import type { Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import type { SpdyStream } from './spdy.ts';

/**
 * Forwards ports as kubectl asks for it: for each connection it opens two streams with the same
 * request id, one for data and one for errors.
 */
export function portForwarder(world: World, pod: Pod): (stream: SpdyStream) => void {
  const waiting = new Map<string, SpdyStream>();
  return (stream) => {
    const id = stream.headers.get('requestid') ?? '';
    const other = waiting.get(id);
    if (other === undefined) {
      waiting.set(id, stream);
      return;
    }
    waiting.delete(id);
    const isData = stream.headers.get('streamtype') === 'data';
    forward(world, pod, isData ? stream : other, isData ? other : stream);
  };
}

function forward(world: World, pod: Pod, data: SpdyStream, errors: SpdyStream): void {
  const port = Number(data.headers.get('port'));
  const connection = connectTo(world, pod, port);
  if (connection === null) {
    errors.write(Buffer.from(refusedPort(pod, port)));
    errors.end();
    data.end();
    return;
  }
  connection.on('data', (bytes: Buffer) => data.write(bytes));
  connection.on('end', () => {
    data.end();
    errors.end();
  });
  data.listen((bytes) => {
    if (bytes === null) connection.end();
    else connection.write(bytes);
  });
}
