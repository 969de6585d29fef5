// Prints failures in full and writes a behaviour line for each test named "id | clause | file" that was executed.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

export default async function* report(events) {
  const folder = process.env.GATEHOUSE_BEHAVIOUR_DIR;
  for await (const event of events) {
    if (event.type === 'test:diagnostic') continue;
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, details, skip } = event.data;
    if (details?.type === 'suite' || skip !== undefined) continue;
    const passed = event.type === 'test:pass';
    yield `${passed ? 'ok' : 'not ok'} ${name}\n`;
    if (!passed) yield `${details?.error?.cause?.stack ?? details?.error?.stack ?? details?.error}\n`;
    const shown = /^([a-z]+(?:-\d+)+) \| (.*) \| (.*)$/.exec(name);
    if (folder && shown) {
      mkdirSync(folder, { recursive: true });
      appendFileSync(
        path.join(folder, 'node.jsonl'),
        JSON.stringify({ id: shown[1], clause: shown[2], test: `node.${shown[3]}`, result: passed ? 'passed' : 'failed' }) + '\n',
      );
    }
  }
}
