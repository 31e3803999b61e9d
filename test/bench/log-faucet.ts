import type { ServerResponse } from 'node:http';

const TICK_MS = 5;

/** What every line carries, so that a reader of the screen can tell which it is and how late. */
export const LOG_LINE = /seq=(\d{7}) at=(\d{13})/g;

/** Log streams that run at a rate once told to; until then they are open and silent. */
export class LogFaucet {
  readonly #open = new Set<ServerResponse>();
  #ticking: NodeJS.Timeout | undefined;

  /** Takes a reader in. Who does not follow gets an empty log. */
  open(response: ServerResponse, follow: boolean): void {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.flushHeaders();
    if (!follow) {
      response.end();
      return;
    }
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  /** Sends `lines` lines in all, numbered from 0, at an even pace, whatever the readers keep up with. */
  run(perSecond: number, lines: number): void {
    clearInterval(this.#ticking);
    const began = performance.now();
    let seq = 0;
    this.#ticking = setInterval(() => {
      const due = Math.min(lines, Math.floor(((performance.now() - began) * perSecond) / 1000));
      let text = '';
      for (; seq < due; seq++) text += line(seq);
      for (const response of this.#open) response.write(text);
      if (seq === lines) clearInterval(this.#ticking);
    }, TICK_MS);
  }
}

function line(seq: number): string {
  const now = Date.now();
  const stamp = new Date(now).toISOString().replace('Z', `${String(seq % 1e6).padStart(6, '0')}Z`);
  const id = String(seq).padStart(7, '0');
  return `${stamp} level=info seq=${id} at=${now} method=GET path=/api/orders/${seq % 977} status=200 ms=${seq % 83}\n`;
}
